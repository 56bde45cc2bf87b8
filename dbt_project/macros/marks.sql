{# A mark of "met" or "not met" written as text in a column of free text (V01: value reported, value observed), negatives first, as on the forms. #}
{% macro mark_from_text(text) -%}
    case
        when lower(trim({{ text }})) in ('k', 'không', 'ko', 'chưa', 'chưa đạt', 'không đạt', 'cđ', 'kđ', '0', '-', 'not_met') then 'not_met'
        when lower(trim({{ text }})) in ('x', 'v', '✓', 'ü', 'đ', 'đạt', '1', '+', '100%', 'met') then 'met'
    end
{%- endmacro %}

{# The other mark. #}
{% macro opposite_mark(mark) %}case {{ mark }} when 'met' then 'not_met' when 'not_met' then 'met' end{% endmacro %}
