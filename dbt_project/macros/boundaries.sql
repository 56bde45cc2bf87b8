{# What is said of a commune of today from what is known of its parts: the communes of then that lie in it. #}

{# What of a commune can be added up. #}
{% macro amounts_of_communes() %}
    {{ return([
        'models_running', 'models_new', 'enterprises_active', 'cooperatives_active', 'enterprises_new', 'cooperatives_new',
        'residential_areas_recognised', 'gardens_recognised', 'funds_ytd_million_vnd'
    ]) }}
{% endmacro %}

{# Whether something is so of all parts: one of which it is not is enough, all must be known to be. #}
{% macro is_so_of_all(condition) %}case when bool_or(not {{ condition }}) then false when count({{ condition }}) = count(*) then true end{% endmacro %}

{# An amount of the parts of which it is known; that there is none at all is known only if it is of all. #}
{% macro amount_or_unknown(amount) %}case when sum({{ amount }}) > 0 or count({{ amount }}) = count(*) then sum({{ amount }}) end{% endmacro %}

{# In how many units what a figure rests on is known, kind by kind, as in `communes_counted_models`; and the one that belongs to a figure. #}
{% macro kinds_counted() %}{{ return(['criteria', 'gains', 'models', 'establishments', 'areas', 'funds', 'assignments']) }}{% endmacro %}
{% macro count_that_covers(covered, of) -%}
    case {{ covered }}
        {% for kind in kinds_counted() %}
        when 'communes_counted_{{ kind }}' then {{ of }}_counted_{{ kind }}
        {% endfor %}
    end
{%- endmacro %}

{# The totals that say something of communes themselves, and not how many there are or are known. #}
{% macro totals_on_boundaries() -%}
    {{ return(commune_figures().keys() | reject('equalto', 'communes_expected') | reject('equalto', 'communes_reported') | reject('in', commune_counts()) | list) }}
{%- endmacro %}
{% macro commune_counts() %}
    {%- set counts = [] -%}
    {%- for kind in kinds_counted() -%}{%- do counts.append('communes_counted_' ~ kind) -%}{%- endfor -%}
    {{ return(counts) }}
{% endmacro %}
