{# The codes that name the province itself and its Coordination Office, as the lists `units` (level province) and `departments` (type office) do. #}
{% macro province_code() %}(select province.province_code from {{ ref('int_province') }} as province){% endmacro %}
{% macro coordination_office() %}(select province.office_code from {{ ref('int_province') }} as province){% endmacro %}
