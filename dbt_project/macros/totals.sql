{# How many communes are so, among those of whom it is known; NULL where it is known of none. #}
{% macro known_count(condition, known=none) -%}
    case when count({{ known or condition }}) > 0 then count(case when {{ condition }} then 1 end) end
{%- endmacro %}

{# The same of so many criteria of nineteen; NULL under a set of another size. #}
{% macro count_of_nineteen(bounds) -%}
    {{ known_count("is_at_19 is not null and criteria_met_latest " ~ bounds, known="is_at_19") }}
{%- endmacro %}

{# The figures that districts and the province share, each computed from the communes themselves (never an average of averages): name → how it is
   computed, its type, and whether an area without communes has 0 of it. A further total is one line here and one in the YAML of both tables.
   Money is rounded to one đồng: the order of a sum's terms shows in no figure. #}
{% macro commune_figures() %}
    {{ return({
        'communes_expected': ["count(*)", 'integer', true],
        'communes_reported': ["count(case when months_since_report = 0 then 1 end)", 'integer', true],
        'communes_counted_criteria': ["count(criteria_met_latest)", 'integer', true],
        'communes_counted_models': ["count(models_running)", 'integer', true],
        'communes_counted_establishments': ["count(enterprises_active)", 'integer', true],
        'communes_counted_areas': ["count(residential_areas_recognised)", 'integer', true],
        'communes_counted_funds': ["count(funds_ytd_million_vnd)", 'integer', true],
        'communes_counted_assignments': ["count(has_officer)", 'integer', true],
        'communes_counted_gains': ["count(criteria_gained)", 'integer', true],
        'criteria_met_avg': ["cast(avg(criteria_met_latest) as double)", 'double', false],
        'criteria_gained': ["sum(criteria_gained)", 'integer', false],
        'communes_at_all_criteria': [known_count("has_all_criteria"), 'integer', false],
        'communes_at_19': [known_count("is_at_19"), 'integer', false],
        'communes_15_18': [count_of_nineteen("between 15 and 18"), 'integer', false],
        'communes_10_14': [count_of_nineteen("between 10 and 14"), 'integer', false],
        'communes_5_9': [count_of_nineteen("between 5 and 9"), 'integer', false],
        'communes_under_5': [count_of_nineteen("< 5"), 'integer', false],
        'communes_under_7': [count_of_nineteen("< 7"), 'integer', false],
        'communes_all_model_sizes': [known_count("has_all_model_sizes"), 'integer', false],
        'communes_without_model': [known_count("has_no_model"), 'integer', false],
        'communes_with_enterprise': [known_count("enterprises_active > 0"), 'integer', false],
        'communes_with_cooperative': [known_count("cooperatives_active > 0"), 'integer', false],
        'models_running': ["sum(models_running)", 'integer', false],
        'models_new': ["sum(models_new)", 'integer', false],
        'enterprises_new': ["sum(enterprises_new)", 'integer', false],
        'cooperatives_new': ["sum(cooperatives_new)", 'integer', false],
        'residential_areas_recognised': ["sum(residential_areas_recognised)", 'integer', false],
        'gardens_recognised': ["sum(gardens_recognised)", 'integer', false],
        'funds_ytd_million_vnd': ["round(sum(funds_ytd_million_vnd), 6)", 'double', false],
        'communes_with_officer': [known_count("has_officer"), 'integer', false],
        'weak_communes': [known_count("is_weak"), 'integer', false],
        'weak_communes_with_leader': [known_count("is_weak and has_leader", known="has_leader"), 'integer', false],
    }) }}
{% endmacro %}

{% macro commune_totals() -%}
    {% for name, (figure, type, is_zero) in commune_figures().items() %}
    {{ figure }} as {{ name }}{{ "," if not loop.last }}
    {% endfor %}
{%- endmacro %}

{# What both tables count beside communes: name → whether a unit without any has 0 of it. #}
{% macro further_counts() %}
    {{ return({
        'full_time_officers': false, 'officer_fields': false,
        'tasks_due': true, 'tasks_done_on_time': true, 'reports_expected': true, 'reports_received': true, 'reports_on_time': true,
    }) }}
{% endmacro %}

{# The last columns of both tables, cast to the types that readers were promised. #}
{% macro total_columns() -%}
    {% for name, (figure, type, is_zero) in commune_figures().items() %}
    cast({{ "coalesce(" ~ name ~ ", 0)" if is_zero else name }} as {{ type }}) as {{ name }},
    {% endfor %}
    {% for name, is_zero in further_counts().items() %}
    cast({{ "coalesce(" ~ name ~ ", 0)" if is_zero else name }} as integer) as {{ name }},
    {% endfor %}
    case when reports_expected > 0 then cast(reports_received as double) / reports_expected end as reporting_rate,
    case when reports_expected > 0 then cast(reports_on_time as double) / reports_expected end as timeliness,
    coalesce(not cast(reports_received as double) / nullif(reports_expected, 0) >= reporting_rate_final, true) as is_provisional,
    cast(coalesce(open_findings, 0) as integer) as open_findings
{%- endmacro %}

{# A row's figures one below the other, as structs that `unnest` lays out: `indicator`, `value`. #}
{% macro figures_of(names) -%}
    {{ 'array(' if target.type == 'spark' else '[' }}
        {%- for name in names %}
        {% if target.type == 'spark' -%}
        named_struct('indicator', '{{ name }}', 'value', cast({{ name }} as double))
        {%- else -%}
        {'indicator': '{{ name }}', 'value': cast({{ name }} as double)}
        {%- endif %}{{ "," if not loop.last }}
        {%- endfor %}
    {{ ')' if target.type == 'spark' else ']' }}
{%- endmacro %}

{# The figures that both tables of totals have. #}
{% macro total_names() -%}
    {{ return(commune_figures().keys() | list + further_counts().keys() | list + ['reporting_rate', 'timeliness', 'open_findings']) }}
{%- endmacro %}
