{# A template with its placeholders filled: {value} becomes the text of `values['value']`; what is unknown becomes '–'. #}
{% macro fill_template(template, values) -%}
    {%- set text = namespace(sql=template) -%}
    {%- for name, value in values.items() -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '{" ~ name ~ "}', coalesce(" ~ value ~ ", '–'))" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}

{# A period as a Vietnamese reader writes it. #}
{% macro period_vi(period) -%}
    case substr({{ period }}, 6)
        when 'Q1' then 'quý I/' || substr({{ period }}, 1, 4)
        when 'Q2' then 'quý II/' || substr({{ period }}, 1, 4)
        when 'Q3' then 'quý III/' || substr({{ period }}, 1, 4)
        when 'Q4' then 'quý IV/' || substr({{ period }}, 1, 4)
        else 'tháng ' || cast(try_cast(substr({{ period }}, 6, 2) as integer) as varchar) || '/' || substr({{ period }}, 1, 4)
    end
{%- endmacro %}

{# A date or a period as a Vietnamese reader writes it; any other text as it is. #}
{% macro day_or_period_vi(text) -%}
    case
        when {{ text }} like '____-__-__' and try_cast({{ text }} as date) is not null
            then substr({{ text }}, 9, 2) || '/' || substr({{ text }}, 6, 2) || '/' || substr({{ text }}, 1, 4)
        when length({{ text }}) = 7 and {{ text }} like '____-__' and {{ period_start(text) }} is not null then {{ period_vi(text) }}
        else {{ text }}
    end
{%- endmacro %}

{# A value as a Vietnamese reader writes it: of the rules whose values are amounts, with a decimal comma. #}
{% macro said_vi(rule_id, text) -%}
    case when {{ rule_id }} in ('K02', 'K04', 'K05', 'X04', 'X06') then replace({{ text }}, '.', ',') else {{ day_or_period_vi(text) }} end
{%- endmacro %}

{# Where the other side of a comparison stands: file, sheet and cell, as far as they are known. #}
{% macro place(file, sheet, cell, language) -%}
    {%- set words = ['tệp "', 'trang "', 'ô '] if language == 'vi' else ['file "', 'sheet "', 'cell '] -%}
    nullif(concat_ws(', ', '{{ words[0] }}' || {{ file }} || '"', '{{ words[1] }}' || {{ sheet }} || '"', '{{ words[2] }}' || {{ cell }}), '')
{%- endmacro %}

{# A hidden place, as intake names it, in English. #}
{% macro place_en(text) %}replace(replace(replace({{ text }}, 'dòng ', 'row '), 'cột ', 'column '), 'trang tính ', 'sheet '){% endmacro %}

{# What intake says in Vietnamese of a type with its bounds ("số nguyên từ 0 đến 10.000"), in English. Anything else,
   the words of a code list among it, is what is to be written in the cell, and stays. #}
{% macro allowed_en(text) -%}
    case
        when {{ text }} like 'số%' or {{ text }} like 'tỷ lệ%' or {{ text }} like 'ngày giờ%' then
            {% set english = namespace(sql="replace(" ~ text ~ ", '.', ',')") %}
            {%- for vi, en in [
                ('số nguyên', 'a whole number'), ('số thứ tự tiêu chí', 'the number of a criterion'), ('số tiền', 'an amount of money'),
                ('tỷ lệ', 'a percentage'), ('ngày giờ', 'day and time'), ('số', 'a number'), (' từ ', ' from '), (' đến ', ' to '),
            ] -%}
                {%- set english.sql = "replace(" ~ english.sql ~ ", '" ~ vi ~ "', '" ~ en ~ "')" -%}
            {%- endfor %}
            {{ english.sql }}
        else {{ text }}
    end
{%- endmacro %}
