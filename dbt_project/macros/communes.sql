{# What a commune is called by its figures; each word is defined here alone. #}

{# Weak: fewer criteria met than the parameter, or no running model. Three-valued: one that is true is enough, both must be known to be false. #}
{% macro is_weak(criteria_met, weak_below_criteria, has_no_model) %}({{ criteria_met }} < {{ weak_below_criteria }} or {{ has_no_model }}){% endmacro %}

{# What names nineteen criteria, or a number of them, means something only under a set of nineteen; under a set of another size it is NULL. #}
{% macro under_nineteen(figure, criteria_total) %}case when {{ criteria_total }} = 19 then {{ figure }} end{% endmacro %}

{# Without a production model ("trắng mô hình"): none runs, and none of unknown status might. #}
{% macro has_no_model(models_running, models_doubtful) -%}
    case when {{ models_running }} > 0 then false when {{ models_doubtful }} > 0 then null else true end
{%- endmacro %}
