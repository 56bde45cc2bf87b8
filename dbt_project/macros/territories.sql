{# What a code of a commune or district stands for, over time: a rule or figure that compares two days asks here whether they speak of one territory. #}

{# The kinds of change after which a code means another territory. #}
{% macro changes_territory(change_type) %}({{ change_type }} in ('merge', 'split', 'abolish')){% endmacro %}

{# The territory of a unit's code on a day, as `territories`; rows without a unit stay. #}
{% macro join_territory(unit_code, day) -%}
    left join {{ ref('int_territories') }} as territories
        on {{ unit_code }} = territories.unit_code and {{ is_valid_on(day, 'territories') }}
{%- endmacro %}

{# Whether the code meant the same territory already on an earlier day; so it did where it has none. #}
{% macro is_same_territory(earlier_day) %}({{ earlier_day }} >= {{ valid_from('territories.valid_from') }}){% endmacro %}
