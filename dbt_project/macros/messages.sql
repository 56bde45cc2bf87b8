{# A template with its placeholders filled: {value} becomes the text of `values['value']`; what is unknown becomes '–'. #}
{% macro fill_template(template, values) -%}
    {%- set text = namespace(sql=template) -%}
    {%- for name, value in values.items() -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '{" ~ name ~ "}', coalesce(" ~ value ~ ", '–'))" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}

{# The texts of some codes of a list of words, side by side in one row: `<code>_vi`, `<code>_en`. #}
{% macro side_by_side(codes, column) %}
    {%- for code in codes %}
        max(case when code = '{{ code }}' then {{ column }}_vi end) as {{ code }}_vi,
        max(case when code = '{{ code }}' then {{ column }}_en end) as {{ code }}_en{{ "," if not loop.last }}
    {%- endfor %}
{% endmacro %}

{# A sentence of int_words with its placeholders filled; unknown where one of them is. `words`: how that row is called where it is asked. #}
{% macro say(code, language, values={}, words='words.') -%}
    {%- set text = namespace(sql=words ~ code ~ "_" ~ language) -%}
    {%- for name, value in values.items() -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '{" ~ name ~ "}', cast(" ~ value ~ " as string))" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}

{# How values are written, as pipelines/wording.py writes them; a test holds the two equal. `words` is int_words. #}

{# A number with its thousands apart by commas, and so many decimals. #}
{% macro number_with_commas(number, decimals) -%}
    {% if target.type == 'spark' %}format_number({{ number }}, {{ decimals }}){% else %}format('{:,{{ '.' ~ decimals ~ 'f' if decimals }}}', {{ number }}){% endif %}
{%- endmacro %}

{# A number given as text with a decimal point: 1716 is "1.716", 11.45 is "11,45" (English: "1,716", "11.45"). #}
{% macro number_in_words(text, language) -%}
    {%- set digits = "trim(leading '-' from " ~ text ~ ")" -%}
    {%- set said -%}
        case when {{ text }} like '-%' then '-' else '' end
        || {{ number_with_commas("try_cast(split_part(" ~ digits ~ ", '.', 1) as bigint)", 0) }}
        || case when {{ digits }} like '%.%' then '.' || split_part({{ digits }}, '.', 2) else '' end
    {%- endset -%}
    coalesce({{ "translate(" ~ said ~ ", ',.', '.,')" if language == 'vi' else said }}, {{ text }})
{%- endmacro %}

{# A number of bytes, given as text: "12,5 MB". #}
{% macro size_in_words(text, language) -%}
    {%- set said = number_with_commas("cast(" ~ text ~ " as double) / 1e6", 1) -%}
    {{ "translate(" ~ said ~ ", ',.', '.,')" if language == 'vi' else said }} || ' MB'
{%- endmacro %}

{# A period: '2014-09' is "tháng 9/2014", '2014-Q3' "quý III/2014", '2014-H1' "6 tháng đầu năm 2014"; in English as it is. #}
{% macro period_in_words(period, language) -%}
    {%- set year = "substr(" ~ period ~ ", 1, 4)" -%}
    case
        when {{ period }} like '____-Q_'
            then {{ fill_template("words.period_quarter_" ~ language, {
                'quarter': "case substr(" ~ period ~ ", 7, 1) when '1' then 'I' when '2' then 'II' when '3' then 'III' else 'IV' end",
                'year': year,
                'period': period
            }) }}
        {% for like, sentence in [('____-H1', 'first_half'), ('____-H2', 'second_half'), ('____-9M', 'nine_months'), ('____', 'year')] -%}
        when {{ period }} like '{{ like }}'
            then {{ fill_template("words.period_" ~ sentence ~ "_" ~ language, {'year': year, 'period': period}) }}
        {% endfor -%}
        else {{ fill_template("words.period_month_" ~ language, {
            'month': "cast(try_cast(substr(" ~ period ~ ", 6, 2) as integer) as string)",
            'year': year,
            'period': period
        }) }}
    end
{%- endmacro %}

{# A day: '2014-09-07' is "07/09/2014"; in English as it is. #}
{% macro day_in_words(day, language) -%}
    {%- if language == 'vi' -%}
        substr({{ day }}, 9, 2) || '/' || substr({{ day }}, 6, 2) || '/' || substr({{ day }}, 1, 4)
    {%- else -%}
        {{ day }}
    {%- endif -%}
{%- endmacro %}

{# Rows, columns, cells and sheets: 'row 9;column D;E7;+3' is "dòng 9, cột D, E7 … (+3)". #}
{% macro places_in_words(places, language) -%}
    {%- set text = namespace(sql="';' || " ~ places) -%}
    {%- for kind in ['row', 'column', 'cell', 'sheet'] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", ';" ~ kind ~ " ', ', ' || words.place_" ~ kind ~ "_" ~ language ~ " || ' ')" -%}
    {%- endfor -%}
    substr(replace(replace({{ text.sql }}, ';+', ' … (+'), ';', ', ') || case when {{ places }} like '%;+%' then ')' else '' end, 3)
{%- endmacro %}

{# A value of a finding, by its kind. `label`: what it is called if it is a code; `reporter`: its name if it is a reporter. #}
{% macro value_in_words(value, kind, language, label, reporter) -%}
    case {{ kind }}
        when 'code' then coalesce({{ label }}, {{ value }})
        when 'number' then {{ number_in_words(value, language) }}
        when 'digits' then {{ "replace(" ~ value ~ ", '.', ',')" if language == 'vi' else value }}
        when 'day' then {{ day_in_words(value, language) }}
        when 'period' then {{ period_in_words(value, language) }}
        when 'size' then {{ size_in_words(value, language) }}
        when 'reporter' then coalesce({{ reporter }}, {{ value }})
        when 'words' then replace(words.one_of_{{ language }}, '{words}', replace({{ value }}, ';', '", "'))
        when 'places' then {{ places_in_words(value, language) }}
        else {{ value }}
    end
{%- endmacro %}

{# Any value of a type of field, within bounds: "số nguyên từ 0 đến 10". `label`: what the type is called. #}
{% macro type_in_words(label, low, high, language) -%}
    {{ label }}
    || coalesce(' ' || replace(words.bound_from_{{ language }}, '{low}', {{ number_in_words(plain_number(low), language) }}), '')
    || coalesce(' ' || replace(words.bound_to_{{ language }}, '{high}', {{ number_in_words(plain_number(high), language) }}), '')
{%- endmacro %}

{# Where the other side of a comparison stands: file, sheet and cell, as far as they are known. #}
{% macro place(file, sheet, cell, language) -%}
    nullif(
        concat_ws(
            ', ',
            words.place_file_{{ language }} || ' "' || {{ file }} || '"',
            words.place_sheet_{{ language }} || ' "' || {{ sheet }} || '"',
            words.place_cell_{{ language }} || ' ' || {{ cell }}
        ),
        ''
    )
{%- endmacro %}

{# A value of a finding as it is published: a measure or a code of ours, which nobody typed, in words, anything else as it stands; what says
   something about a person is for the sender's own receipt alone. #}
{% macro published_value(value, kind, words, is_personal) -%}
    case
        when {{ is_personal }} then '•••'
        when {{ kind }} in ('size', 'places', 'words', 'code', 'reporter') or {{ kind }} like 'any^_%' escape '^' then {{ words }}
        else {{ value }}
    end
{%- endmacro %}

{# The message of a row of `int_finding_words`, with its values as given. #}
{% macro finding_message(language, value, expected, related_value) -%}
    {{ fill_template('template_' ~ language, {
        'unit': 'unit_text',
        'commune': 'commune_text',
        'related_reporter': 'related_reporter_text',
        'related_place': 'related_place_' ~ language,
        'reporter': 'reporter_text',
        'period': 'period_' ~ language,
        'form': 'form_text',
        'field': 'field_' ~ language,
        'further_fields': 'further_fields_' ~ language,
        'sheet': 'sheet',
        'cell': 'cell',
        'file': 'file',
        'related_sheet': 'related_sheet',
        'related_cell': 'related_cell',
        'difference': 'difference_text',
        'expected': expected,
        'related_value': related_value,
        'value': value
    }) }}
{%- endmacro %}
