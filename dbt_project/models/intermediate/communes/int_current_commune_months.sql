-- What is known of each commune of today in each month, from those of then that lie in it. Amounts are added up; a criterion is met, and anything
-- else is so, only if it is of all of them.
with communes as (
    select
        unit_code,
        kind = 'xã' as is_rural
    from {{ ref('stg_reference__units') }}
    where level = 'commune' and valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}
),

paths as (
    select * from {{ ref('int_unit_paths') }} where new_code is not null
),

units as (
    select
        communes.month,
        communes.commune_code,
        communes.is_rural,
        paths.new_code,
        paths.share
    from {{ ref('int_communes_at_month') }} as communes
    inner join paths
        on communes.commune_code = paths.old_code and {{ is_valid_on('communes.month_end', 'paths') }}
),

figures as (
    select * from {{ ref('int_commune_months') }}
),

criteria as (
    select
        month,
        commune_code,
        criteria_given,
        {% for name, prefix in [('reported', 'criterion'), ('latest', 'latest')] %}
        {% call(n) criteria_where() %}{{ prefix }}_{{ n }} = 'met'{% endcall %} as {{ name }}_met,
        {% call(n) criteria_where() %}{{ prefix }}_{{ n }} = 'not_met'{% endcall %} as {{ name }}_not_met{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_commune_criteria') }}
),

without_duty as (
    select
        month,
        new_code,
        count(*) as parts_without_duty
    from units
    where not is_rural
    group by month, new_code
),

-- of a commune that was divided nothing is known in any of its parts, unless its shares are
parts as (
    select
        units.month,
        units.new_code,
        units.share,
        figures.criteria_set_id,
        figures.criteria_total,
        figures.weak_below_criteria,
        figures.months_since_report,
        criteria.criteria_given,
        {% for each in ['reported_met', 'reported_not_met', 'latest_met', 'latest_not_met'] %}
        case when units.share is null then 0 else coalesce(criteria.{{ each }}, 0) end as {{ each }},
        {% endfor %}
        {% for each in ['criteria_met_latest', 'criteria_gained', 'has_all_model_sizes', 'has_no_model', 'has_officer', 'has_leader'] %}
        case when units.share is not null then figures.{{ each }} end as {{ each }},
        {% endfor %}
        {% for each in amounts_of_communes() + ['models_large', 'models_medium', 'models_small'] %}
        figures.{{ each }} * units.share as {{ each }}{{ "," if not loop.last }}
        {% endfor %}
    from units
    inner join figures
        on units.month = figures.month and units.commune_code = figures.commune_code
    left join criteria
        on units.month = criteria.month and units.commune_code = criteria.commune_code
),

merged as (
    select
        month,
        new_code as commune_code,
        max(criteria_set_id) as criteria_set_id,
        max(criteria_total) as criteria_total,
        max(weak_below_criteria) as weak_below_criteria,
        max(criteria_given) as criteria_given,
        count(*) as parts_expected,
        count(case when months_since_report = 0 then 1 end) as parts_reported,
        count(*) - count(share) as parts_without_share,
        count(criteria_met_latest) as parts_counted_criteria,
        count(criteria_gained) as parts_counted_gains,
        count(models_running) as parts_counted_models,
        count(enterprises_active) as parts_counted_establishments,
        count(residential_areas_recognised) as parts_counted_areas,
        count(funds_ytd_million_vnd) as parts_counted_funds,
        count(has_officer) as parts_counted_assignments,
        case when count(months_since_report) = count(*) then max(months_since_report) end as months_since_report,
        {% for name in ['reported', 'latest'] %}
        bit_and({{ name }}_met) as {{ name }}_met,
        bit_or({{ name }}_not_met) as {{ name }}_not_met,
        {% endfor %}
        -- the sizes of all parts together; that one is missing is known only where each model's size is
        case
            when sum(models_large) > 0 and sum(models_medium) > 0 and sum(models_small) > 0 then true
            when
                count(has_all_model_sizes) = count(*)
                and sum(models_running) = sum(models_large + models_medium + models_small)
                then false
        end as has_all_model_sizes,
        {% for each in ['has_no_model', 'has_officer', 'has_leader'] %}
        {{ is_so_of_all(each) }} as {{ each }},
        {% endfor %}
        {% for each in amounts_of_communes() %}
        {{ amount_or_unknown(each) if each in ('enterprises_active', 'cooperatives_active') else 'sum(' ~ each ~ ')' }} as {{ each }}{{ "," if not loop.last }}
        {% endfor %}
    from parts
    group by month, new_code
),

histories as (
    select
        *,
        latest_met | latest_not_met as latest_known,
        reported_met | reported_not_met as reported_known,
        lag(reported_not_met) over history as not_met_before,
        lag(reported_met | reported_not_met) over history as known_before,
        lag(month) over history = {{ add_months('month', '-1') }} as is_month_before_there
    from merged
    window history as (
        partition by commune_code, criteria_set_id order by month
    )
),

counted as (
    select
        *,
        case when {{ size_of_set('latest_known') }} = criteria_given then {{ size_of_set('latest_met') }} end as criteria_met_latest,
        case
            when
                is_month_before_there and {{ size_of_set('reported_known') }} = criteria_given and {{ size_of_set('known_before') }} = criteria_given
                then {{ size_of_set('reported_met & not_met_before') }}
        end as criteria_gained
    from histories
)

select
    counted.month,
    counted.commune_code,
    communes.is_rural,
    counted.criteria_set_id,
    counted.criteria_total,
    counted.parts_expected,
    counted.parts_reported,
    counted.parts_without_share,
    coalesce(without_duty.parts_without_duty, 0) as parts_without_duty,
    {% for each in kinds_counted() %}
    counted.parts_counted_{{ each }},
    {% endfor %}
    counted.months_since_report,
    counted.criteria_met_latest,
    counted.criteria_gained,
    counted.criteria_met_latest = counted.criteria_total as has_all_criteria,
    {{ under_nineteen('counted.criteria_met_latest = 19', 'counted.criteria_total') }} as is_at_19,
    {{ is_weak('counted.criteria_met_latest', 'counted.weak_below_criteria', 'counted.has_no_model') }} as is_weak,
    {% for each in amounts_of_communes() %}
    counted.{{ each }},
    {% endfor %}
    counted.has_all_model_sizes,
    counted.has_no_model,
    counted.has_officer,
    counted.has_leader
from counted
inner join communes
    on counted.commune_code = communes.unit_code
left join without_duty
    on counted.month = without_duty.month and counted.commune_code = without_duty.new_code
