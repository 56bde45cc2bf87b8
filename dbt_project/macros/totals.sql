{# How many communes are so, among those of whom it is known; NULL where it is known of none. #}
{% macro known_count(condition, known=none) -%}
    case when count({{ known or condition }}) > 0 then count(case when {{ condition }} then 1 end) end
{%- endmacro %}

{# The figures that districts and the province share, each computed from the communes themselves (never an average of averages). #}
{% macro commune_totals() %}
    count(*) as communes_expected,
    count(case when months_since_report = 0 then 1 end) as communes_reported,
    count(criteria_met_latest) as communes_counted_criteria,
    count(models_running) as communes_counted_models,
    count(enterprises_active) as communes_counted_establishments,
    count(residential_areas_recognised) as communes_counted_areas,
    count(funds_ytd_million_vnd) as communes_counted_funds,
    count(has_officer) as communes_counted_assignments,
    count(criteria_gained) as communes_counted_gains,
    cast(avg(criteria_met_latest) as double) as criteria_met_avg,
    sum(criteria_gained) as criteria_gained,
    {{ known_count("progress_band = '19'") }} as communes_at_19,
    {{ known_count("progress_band = '15-18'") }} as communes_15_18,
    {{ known_count("progress_band = '10-14'") }} as communes_10_14,
    {{ known_count("progress_band = '5-9'") }} as communes_5_9,
    {{ known_count("progress_band = '<5'") }} as communes_under_5,
    {{ known_count("criteria_met_latest < 7") }} as communes_under_7,
    {{ known_count("has_all_model_sizes") }} as communes_all_model_sizes,
    {{ known_count("has_no_model") }} as communes_without_model,
    {{ known_count("enterprises_active > 0") }} as communes_with_enterprise,
    {{ known_count("cooperatives_active > 0") }} as communes_with_cooperative,
    sum(models_running) as models_running,
    sum(models_new) as models_new,
    sum(enterprises_new) as enterprises_new,
    sum(cooperatives_new) as cooperatives_new,
    sum(residential_areas_recognised) as residential_areas_recognised,
    sum(gardens_recognised) as gardens_recognised,
    {# to one đồng: the order of a sum's terms shows in no figure #}
    round(sum(funds_ytd_million_vnd), 6) as funds_ytd_million_vnd,
    {{ known_count("has_officer") }} as communes_with_officer,
    {{ known_count("is_weak") }} as weak_communes,
    {{ known_count("is_weak and has_leader", known="has_leader") }} as weak_communes_with_leader
{% endmacro %}

{# The last columns of both tables, cast to the types that readers were promised. #}
{% macro total_columns() -%}
    {% for column in [
        'communes_expected', 'communes_reported', 'communes_counted_criteria', 'communes_counted_models', 'communes_counted_establishments',
        'communes_counted_areas', 'communes_counted_funds', 'communes_counted_assignments', 'communes_counted_gains',
    ] %}
    cast(coalesce({{ column }}, 0) as integer) as {{ column }},
    {% endfor %}
    criteria_met_avg,
    {% for column in [
        'criteria_gained', 'communes_at_19', 'communes_15_18', 'communes_10_14', 'communes_5_9', 'communes_under_5', 'communes_under_7',
        'communes_all_model_sizes', 'communes_without_model', 'communes_with_enterprise', 'communes_with_cooperative', 'models_running',
        'models_new', 'enterprises_new', 'cooperatives_new', 'residential_areas_recognised', 'gardens_recognised',
    ] %}
    cast({{ column }} as integer) as {{ column }},
    {% endfor %}
    funds_ytd_million_vnd,
    {% for column in ['full_time_officers', 'officer_fields', 'communes_with_officer', 'weak_communes', 'weak_communes_with_leader'] %}
    cast({{ column }} as integer) as {{ column }},
    {% endfor %}
    {% for column in ['tasks_due', 'tasks_done_on_time', 'reports_expected', 'reports_received', 'reports_on_time'] %}
    cast(coalesce({{ column }}, 0) as integer) as {{ column }},
    {% endfor %}
    case when reports_expected > 0 then cast(reports_received as double) / reports_expected end as reporting_rate,
    case when reports_expected > 0 then cast(reports_on_time as double) / reports_expected end as timeliness,
    coalesce(not cast(reports_received as double) / nullif(reports_expected, 0) >= reporting_rate_final, true) as is_provisional,
    cast(coalesce(open_findings, 0) as integer) as open_findings
{%- endmacro %}
