{# Criteria stand side by side, a column per criterion (`criterion_1` … `criterion_20`), wherever a commune's are compared or carried from month to
   month: one row to join in place of twenty. Here is what is said over such columns, and what is made of several criteria at once.
   A set of criteria is one whole number with a bit per criterion. Not here: single marks (marks.sql). #}

{# The criteria that a form may have a column for: every set so far is a subset. #}
{% macro criterion_numbers() %}{{ return(range(1, 21) | list) }}{% endmacro %}

{# Of columns that stand side by side, one per criterion, the one of a row's criterion. #}
{% macro criterion_value(prefix, number) -%}
    case {{ number }}
        {% for each in criterion_numbers() %}
        when {{ each }} then {{ prefix }}_{{ each }}
        {% endfor %}
    end
{%- endmacro %}

{# How many criteria fulfil a condition: {% call(n) count_criteria() %}criterion_{{ n }} = 'met'{% endcall %}. #}
{% macro count_criteria() -%}
    ({% for each in criterion_numbers() %}case when {{ caller(each) }} then 1 else 0 end{{ " + " if not loop.last }}{% endfor %})
{%- endmacro %}

{# Which criteria fulfil a condition, as a set; the condition as above. #}
{% macro criteria_where() -%}
    ({% for each in criterion_numbers() %}case when {{ caller(each) }} then {{ 2 ** each }} else 0 end{{ " + " if not loop.last }}{% endfor %})
{%- endmacro %}

{# How many criteria a set has, whether it has one, and their numbers as a reader writes them ('3, 17'; NULL of none). #}
{% macro size_of_set(criteria) %}bit_count({{ criteria }}){% endmacro %}
{% macro is_in_set(number, criteria) %}({{ criteria }} & (1 << {{ number }})) > 0{% endmacro %}
{% macro set_as_text(criteria) -%}
    nullif(concat_ws(', ', {% for each in criterion_numbers() %}case when {{ is_in_set(each, criteria) }} then '{{ each }}' end{{ ", " if not loop.last }}{% endfor %}), '')
{%- endmacro %}

{# Whether a row of a department is about a criterion as a whole, and not about one of its indicators (2.1). #}
{% macro is_whole_criterion() %}(coalesce(indicator_no, '') in ('', cast(criterion_no as string))){% endmacro %}

{# Several departments can share a criterion, and it is met only if all of them say so: of what they say, the smallest weight stands. That is
   "not met", then what can't be read, then "met"; NULL is that none of them said anything. #}
{% macro verdict_weight(status) %}case {{ status }} when 'not_met' then 0 when 'met' then 2 else 1 end{% endmacro %}
{% macro verdict_of_weight(weight) %}case {{ weight }} when 0 then 'not_met' when 2 then 'met' end{% endmacro %}

{# Which word is official: the inspectors', else the department's, else the district's. #}
{% macro official_status(inspected, department, district) %}coalesce({{ inspected }}, {{ department }}, {{ district }}){% endmacro %}
