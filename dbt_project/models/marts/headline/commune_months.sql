with communes as (
    select * from {{ ref('int_commune_months') }}
),

bands as (
    select * from {{ ref('int_progress_bands') }}
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    communes.month,
    communes.commune_code,
    communes.commune_name,
    communes.district_code,
    communes.district_name,
    communes.criteria_set_id,
    cast(communes.criteria_total as integer) as criteria_total,
    cast(communes.criteria_met_reported as integer) as criteria_met_reported,
    cast(communes.criteria_unknown as integer) as criteria_unknown,
    cast(communes.criteria_met_latest as integer) as criteria_met_latest,
    cast(communes.months_since_report as integer) as months_since_report,
    cast(communes.criteria_met_verified as integer) as criteria_met_verified,
    cast(communes.criteria_verified as integer) as criteria_verified,
    cast(communes.criteria_met_official as integer) as criteria_met_official,
    cast(communes.criteria_gained as integer) as criteria_gained,
    cast(communes.criteria_lost as integer) as criteria_lost,
    bands.progress_band,
    cast(communes.models_running as integer) as models_running,
    cast(communes.models_large as integer) as models_large,
    cast(communes.models_medium as integer) as models_medium,
    cast(communes.models_small as integer) as models_small,
    cast(communes.models_new as integer) as models_new,
    communes.has_all_model_sizes,
    communes.has_no_model,
    cast(communes.enterprises_active as integer) as enterprises_active,
    cast(communes.cooperatives_active as integer) as cooperatives_active,
    cast(communes.cooperative_groups_active as integer) as cooperative_groups_active,
    cast(communes.enterprises_new as integer) as enterprises_new,
    cast(communes.cooperatives_new as integer) as cooperatives_new,
    cast(communes.residential_areas_recognised as integer) as residential_areas_recognised,
    cast(communes.gardens_recognised as integer) as gardens_recognised,
    communes.funds_ytd_million_vnd,
    communes.has_officer,
    communes.has_leader,
    cast(communes.assignments_age_months as integer) as assignments_age_months,
    cast(communes.funds_age_months as integer) as funds_age_months,
    communes.is_weak,
    communes.is_at_19,
    communes.has_all_criteria,
    cast(communes.open_findings as integer) as open_findings,
    {{ open_start('communes.continuous_since_on') }} as comparable_since_on,
    months.month_label_vi,
    {{ short_unit_name('communes.district_name') }} as district_short_name,
    {{ province_code() }} as province_code,
    cast(bands.band_order as integer) as progress_band_sort,
    bands.label_vi as progress_band_label_vi,
    bands.label_en as progress_band_label_en
from communes
left join months
    on communes.month = months.month
left join bands
    on communes.month = bands.month and communes.criteria_met_latest between bands.criteria_from and bands.criteria_to
