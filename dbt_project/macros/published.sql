{# What is done to a value on its way out to readers. #}

{# In what is published an open end of a validity is NULL, as in the lists of units. #}
{% macro open_start(day) %}nullif({{ day }}, cast('1900-01-01' as date)){% endmacro %}
{% macro open_end(day) %}nullif({{ day }}, cast('9999-12-31' as date)){% endmacro %}

{# A text of an item, unless it names the person that the item belongs to: personal names stay inside. #}
{% macro without_person(text, person) -%}
    case
        when nullif(trim({{ person }}), '') is null then {{ text }}
        when position(lower(trim({{ person }})) in lower({{ text }})) = 0 then {{ text }}
        else '•••'
    end
{%- endmacro %}
