{# A mark of "met" or "not met" written as text in a column of free text (V01: value reported, value observed), negatives first, as on the forms. #}
{% macro mark_from_text(text) -%}
    case
        when lower(trim({{ text }})) in ('k', 'không', 'ko', 'chưa', 'chưa đạt', 'không đạt', 'cđ', 'kđ', '0', '-', 'not_met') then 'not_met'
        when lower(trim({{ text }})) in ('x', 'v', '✓', 'ü', 'đ', 'đạt', '1', '+', '100%', 'met') then 'met'
    end
{%- endmacro %}

{# The other mark. #}
{% macro opposite_mark(mark) %}case {{ mark }} when 'met' then 'not_met' when 'not_met' then 'met' end{% endmacro %}

{# The criteria that a form may have a column for: every set so far is a subset. #}
{% macro criterion_numbers() %}{{ return(range(1, 21) | list) }}{% endmacro %}

{# Of columns that stand side by side, one a criterion, the one of a row's criterion. #}
{% macro of_criterion(prefix, number) -%}
    case {{ number }}
        {% for each in criterion_numbers() %}
        when {{ each }} then {{ prefix }}_{{ each }}
        {% endfor %}
    end
{%- endmacro %}

{# A sum over criteria that stand side by side: how many of them fulfil a condition, in which '#' is the criterion's number. #}
{% macro count_criteria(condition) -%}
    ({% for each in criterion_numbers() %}case when {{ condition | replace('#', each | string) }} then 1 else 0 end{{ " + " if not loop.last }}{% endfor %})
{%- endmacro %}

{# Which of those a rule found, as ';3;17;', or NULL: '#' as above. #}
{% macro criteria_that(condition) -%}
    nullif(concat({% for each in criterion_numbers() %}case when {{ condition | replace('#', each | string) }} then ';{{ each }};' end{{ ", " if not loop.last }}{% endfor %}), '')
{%- endmacro %}

{# A number with one bit, for sets of criteria that are made by adding up. #}
{% macro bit_of_criterion(number) %}cast(pow(2, {{ number }}) as bigint){% endmacro %}

{# How many they are. #}
{% macro criteria_listed(criteria) -%}
    case when {{ criteria }} is null then 0 else (length({{ criteria }}) - length(replace({{ criteria }}, ';', ''))) / 2 end
{%- endmacro %}
