{# The parts of a commune's funds on H07, in the form's order; each is a column `<source>_million_vnd`. #}
{% macro fund_sources() -%}
    {{ return([
        'central_budget', 'provincial_budget', 'district_budget', 'commune_budget', 'integrated_programmes', 'credit',
        'enterprises', 'people_cash', 'people_labour', 'people_land', 'other',
    ]) }}
{%- endmacro %}
