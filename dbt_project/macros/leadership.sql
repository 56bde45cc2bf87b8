{# The components of the leadership index, each a column of what is measured; their weights are dated data. #}
{% macro leadership_components() -%}
    {{ return(['criteria_level', 'criteria_gain', 'new_models', 'new_establishments', 'tasks_on_time', 'reports_on_time']) }}
{%- endmacro %}
