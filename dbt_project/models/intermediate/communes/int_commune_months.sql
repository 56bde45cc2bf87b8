-- All that is known of each rural commune in each month, from every kind of report.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

criteria as (
    select * from {{ ref('int_commune_criterion_counts') }}
),

models as (
    select * from {{ ref('int_commune_models') }}
),

establishments as (
    select * from {{ ref('int_commune_establishments') }}
),

areas as (
    select * from {{ ref('int_commune_areas') }}
),

funds as (
    select * from {{ ref('int_commune_funds') }}
),

assignments as (
    select * from {{ ref('int_commune_assignments') }}
),

findings as (
    select
        month,
        unit_code as commune_code,
        count(distinct finding_id) as open_findings
    from {{ ref('int_open_findings') }}
    group by month, unit_code
)

select
    communes.month,
    communes.commune_code,
    communes.commune_name,
    communes.district_code,
    communes.district_name,
    communes.continuous_since_on,
    criteria.criteria_set_id,
    criteria.criteria_total,
    case when criteria.criteria_reported = criteria.criteria_given then criteria.met_reported end as criteria_met_reported,
    criteria.criteria_total - coalesce(criteria.criteria_reported, 0) as criteria_unknown,
    case when criteria.criteria_latest = criteria.criteria_given then criteria.met_latest end as criteria_met_latest,
    {{ last_known("case when criteria.is_reported then communes.month end") }} over history_so_far as last_reported_month,
    {{ months_between('last_reported_month', 'communes.month') }} as months_since_report,
    criteria.met_verified as criteria_met_verified,
    criteria.criteria_verified,
    case when criteria.criteria_official = criteria.criteria_given then criteria.met_official end as criteria_met_official,
    case
        when criteria.criteria_reported = criteria.criteria_given and criteria.criteria_reported_before = criteria.criteria_given
            then criteria.gained
    end as criteria_gained,
    case
        when criteria.criteria_reported = criteria.criteria_given and criteria.criteria_reported_before = criteria.criteria_given
            then criteria.lost
    end as criteria_lost,
    models.models_running,
    models.models_large,
    models.models_medium,
    models.models_small,
    models.models_new,
    models.has_all_model_sizes,
    models.has_no_model,
    establishments.enterprises_active,
    establishments.cooperatives_active,
    establishments.cooperative_groups_active,
    establishments.enterprises_new,
    establishments.cooperatives_new,
    areas.residential_areas_recognised,
    areas.gardens_recognised,
    funds.total_million_vnd as funds_ytd_million_vnd,
    case when funds.total_million_vnd is not null then {{ months_between('funds.month', 'communes.month') }} end as funds_age_months,
    assignments.has_officer,
    assignments.has_leader,
    case when assignments.commune_code is not null then {{ months_between('assignments.month', 'communes.month') }} end
        as assignments_age_months,
    windows.weak_below_criteria,
    criteria_met_latest < windows.weak_below_criteria as has_few_criteria,
    {{ is_weak('criteria_met_latest', 'windows.weak_below_criteria', 'models.has_no_model') }} as is_weak,
    criteria_met_latest = criteria.criteria_total as has_all_criteria,
    {{ under_nineteen('criteria_met_latest = 19', 'criteria.criteria_total') }} as is_at_19,
    coalesce(findings.open_findings, 0) as open_findings
from communes
inner join windows
    on communes.month = windows.month
left join criteria
    on communes.month = criteria.month and communes.commune_code = criteria.commune_code
left join models
    on communes.month = models.month and communes.commune_code = models.commune_code
left join establishments
    on communes.month = establishments.month and communes.commune_code = establishments.commune_code
left join areas
    on communes.month = areas.month and communes.commune_code = areas.commune_code
-- quarterly facts stand in the quarter's last month and the next two; funds start again on 1 January
left join funds
    on
        windows.quarter_month = funds.month
        and communes.commune_code = funds.commune_code
        and communes.continuous_since_on = funds.continuous_since_on
        and funds.month >= windows.year_start
left join assignments
    on
        windows.quarter_month = assignments.month
        and communes.commune_code = assignments.commune_code
        and communes.continuous_since_on = assignments.continuous_since_on
left join findings
    on communes.month = findings.month and communes.commune_code = findings.commune_code
window history_so_far as (
    partition by communes.commune_code, communes.continuous_since_on order by communes.month
    rows between unbounded preceding and current row
)
