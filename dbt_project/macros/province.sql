{# The codes that name the province itself and its Coordination Office, as in the lists `units` (level province) and `departments` (type office):
   a test holds them equal. #}
{% macro province_code() %}'42'{% endmacro %}
{% macro coordination_office() %}'VPDP'{% endmacro %}
