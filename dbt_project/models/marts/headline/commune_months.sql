with communes as (
    select * from {{ ref('int_commune_months') }}
)

select
    month,
    commune_code,
    commune_name,
    district_code,
    district_name,
    criteria_set_id,
    cast(criteria_total as integer) as criteria_total,
    cast(criteria_met_reported as integer) as criteria_met_reported,
    cast(criteria_unknown as integer) as criteria_unknown,
    cast(criteria_met_latest as integer) as criteria_met_latest,
    cast(months_since_report as integer) as months_since_report,
    cast(criteria_met_verified as integer) as criteria_met_verified,
    cast(criteria_verified as integer) as criteria_verified,
    cast(criteria_met_official as integer) as criteria_met_official,
    cast(criteria_gained as integer) as criteria_gained,
    cast(criteria_lost as integer) as criteria_lost,
    case
        when criteria_met_latest >= 19 then '19'
        when criteria_met_latest >= 15 then '15-18'
        when criteria_met_latest >= 10 then '10-14'
        when criteria_met_latest >= 5 then '5-9'
        when criteria_met_latest >= 0 then '<5'
    end as progress_band,
    cast(models_running as integer) as models_running,
    cast(models_large as integer) as models_large,
    cast(models_medium as integer) as models_medium,
    cast(models_small as integer) as models_small,
    cast(models_new as integer) as models_new,
    has_all_model_sizes,
    has_no_model,
    cast(enterprises_active as integer) as enterprises_active,
    cast(cooperatives_active as integer) as cooperatives_active,
    cast(cooperative_groups_active as integer) as cooperative_groups_active,
    cast(enterprises_new as integer) as enterprises_new,
    cast(cooperatives_new as integer) as cooperatives_new,
    cast(residential_areas_recognised as integer) as residential_areas_recognised,
    cast(gardens_recognised as integer) as gardens_recognised,
    funds_ytd_million_vnd,
    has_officer,
    has_leader,
    cast(assignments_age_months as integer) as assignments_age_months,
    cast(funds_age_months as integer) as funds_age_months,
    is_weak,
    is_at_19,
    cast(open_findings as integer) as open_findings,
    {{ open_start('continuous_since_on') }} as comparable_since_on
from communes
