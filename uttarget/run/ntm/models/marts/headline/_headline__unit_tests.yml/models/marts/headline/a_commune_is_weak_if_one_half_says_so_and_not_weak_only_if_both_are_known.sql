
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","criteria_met_latest","is_weak","open_findings", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_communes_at_month as (

-- Fixture for int_communes_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('ward' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(False as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
),  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", 
    
    cast('2014-09-01' as DATE)
 as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", 
    
    cast('2014-01-01' as DATE)
 as "year_start", 
    
    cast(2 as INTEGER)
 as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__int_criteria_at_month as (

-- Fixture for int_criteria_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('set' as character varying)
 as "criteria_set_id", 
    
    cast(2 as INTEGER)
 as "criteria_total", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
),  __dbt__cte__fct_criterion_statuses as (

-- Fixture for fct_criterion_statuses
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('not_met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('not_met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast(null as character varying(256))
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast(null as character varying(256))
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
),  __dbt__cte__int_commune_models as (

-- Fixture for int_commune_models
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(3 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(0 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(True as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(3 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
),  __dbt__cte__int_commune_establishments as (

-- Fixture for int_commune_establishments
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "enterprises_active", cast(null as BIGINT) as "enterprises_new", cast(null as BIGINT) as "enterprises_new_ytd", cast(null as BIGINT) as "cooperatives_active", cast(null as BIGINT) as "cooperatives_new", cast(null as BIGINT) as "cooperatives_new_ytd", cast(null as BIGINT) as "cooperative_groups_active", cast(null as BIGINT) as "cooperative_groups_new", cast(null as BIGINT) as "cooperative_groups_new_ytd"
    limit 0
),  __dbt__cte__int_commune_areas as (

-- Fixture for int_commune_areas
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "residential_areas_recognised", cast(null as BIGINT) as "gardens_recognised"
    limit 0
),  __dbt__cte__int_commune_funds as (

-- Fixture for int_commune_funds
select cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as DOUBLE) as "total_million_vnd", cast(null as DOUBLE) as "central_budget_million_vnd", cast(null as DOUBLE) as "provincial_budget_million_vnd", cast(null as DOUBLE) as "district_budget_million_vnd", cast(null as DOUBLE) as "commune_budget_million_vnd", cast(null as DOUBLE) as "integrated_programmes_million_vnd", cast(null as DOUBLE) as "credit_million_vnd", cast(null as DOUBLE) as "enterprises_million_vnd", cast(null as DOUBLE) as "people_cash_million_vnd", cast(null as DOUBLE) as "people_labour_million_vnd", cast(null as DOUBLE) as "people_land_million_vnd", cast(null as DOUBLE) as "other_million_vnd"
    limit 0
),  __dbt__cte__int_commune_assignments as (

-- Fixture for int_commune_assignments
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "officers", cast(null as BIGINT) as "leaders", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader"
    limit 0
),  __dbt__cte__int_open_findings as (

-- Fixture for int_open_findings
select 
    
    cast('f' as character varying)
 as "finding_id", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "reporter_code", 
    
    cast('strong' as character varying)
 as "unit_code"
union all
select 
    
    cast('f' as character varying)
 as "finding_id", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "reporter_code", 
    
    cast('strong' as character varying)
 as "unit_code"
), communes as (
    select * from __dbt__cte__int_communes_at_month where is_rural
),

windows as (
    select * from __dbt__cte__int_month_windows
),

criteria_sets as (
    select distinct
        month,
        criteria_set_id,
        criteria_total
    from __dbt__cte__int_criteria_at_month
),

statuses as (
    select * from __dbt__cte__fct_criterion_statuses
),

models as (
    select * from __dbt__cte__int_commune_models
),

establishments as (
    select * from __dbt__cte__int_commune_establishments
),

areas as (
    select * from __dbt__cte__int_commune_areas
),

funds as (
    select * from __dbt__cte__int_commune_funds
),

assignments as (
    select * from __dbt__cte__int_commune_assignments
),

findings as (
    select
        month,
        unit_code as commune_code,
        count(distinct finding_id) as open_findings
    from __dbt__cte__int_open_findings
    group by month, unit_code
),

criteria as (
    select
        month,
        commune_code,
        bool_or(is_row_used) as is_reported,
        count(*) as criteria_total,
        count(reported_status) as criteria_reported,
        count(previous_status) as criteria_reported_before,
        count(latest_status) as criteria_latest,
        count(verified_status) as criteria_verified,
        count(official_status) as criteria_official,
        count(case when reported_status = 'met' then 1 end) as met_reported,
        count(case when latest_status = 'met' then 1 end) as met_latest,
        count(case when verified_status = 'met' then 1 end) as met_verified,
        count(case when official_status = 'met' then 1 end) as met_official,
        count(case when reported_status = 'met' and previous_status = 'not_met' then 1 end) as gained,
        count(case when reported_status = 'not_met' and previous_status = 'met' then 1 end) as lost
    from statuses
    group by month, commune_code
),

joined as (
    select
        communes.month,
        communes.commune_code,
        communes.commune_name,
        communes.district_code,
        communes.district_name,
        communes.continuous_since_on,
        criteria_sets.criteria_set_id,
        criteria_sets.criteria_total,
        case when criteria.criteria_reported = criteria.criteria_total then criteria.met_reported end as criteria_met_reported,
        criteria_sets.criteria_total - coalesce(criteria.criteria_reported, 0) as criteria_unknown,
        case when criteria.criteria_latest = criteria.criteria_total then criteria.met_latest end as criteria_met_latest,
        last_value(case when criteria.is_reported then communes.month end ignore nulls) over history_so_far as last_reported_month,
        criteria.met_verified as criteria_met_verified,
        criteria.criteria_verified,
        case when criteria.criteria_official = criteria.criteria_total then criteria.met_official end as criteria_met_official,
        case
            when criteria.criteria_reported = criteria.criteria_total and criteria.criteria_reported_before = criteria.criteria_total
                then criteria.gained
        end as criteria_gained,
        case
            when criteria.criteria_reported = criteria.criteria_total and criteria.criteria_reported_before = criteria.criteria_total
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
        case when funds.total_million_vnd is not null then date_diff('month', funds.month, communes.month) end as funds_age_months,
        assignments.has_officer,
        assignments.has_leader,
        case when assignments.commune_code is not null then date_diff('month', assignments.month, communes.month) end
            as assignments_age_months,
        windows.weak_below_criteria,
        coalesce(findings.open_findings, 0) as open_findings
    from communes
    inner join windows
        on communes.month = windows.month
    left join criteria_sets
        on communes.month = criteria_sets.month
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
    cast(date_diff('month', last_reported_month, month) as integer) as months_since_report,
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
    -- three-valued: one that is true is enough, both must be known to be false
    criteria_met_latest < weak_below_criteria or has_no_model as is_weak,
    criteria_met_latest >= 19 as is_at_19,
    cast(open_findings as integer) as open_findings,
    nullif(continuous_since_on, cast('1900-01-01' as date)) as comparable_since_on
from joined
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "criteria_met_latest", "is_weak", "open_findings", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('few_criteria' as character varying)
 as "commune_code", 
    
    cast(1 as INTEGER)
 as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "is_weak", 
    
    cast(0 as INTEGER)
 as "open_findings"
union all
select 
    
    cast('no_model' as character varying)
 as "commune_code", 
    
    cast(null as INTEGER)
 as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "is_weak", 
    
    cast(0 as INTEGER)
 as "open_findings"
union all
select 
    
    cast('strong' as character varying)
 as "commune_code", 
    
    cast(2 as INTEGER)
 as "criteria_met_latest", 
    
    cast(False as BOOLEAN)
 as "is_weak", 
    
    cast(1 as INTEGER)
 as "open_findings"
union all
select 
    
    cast('half_known' as character varying)
 as "commune_code", 
    
    cast(2 as INTEGER)
 as "criteria_met_latest", 
    
    cast(null as BOOLEAN)
 as "is_weak", 
    
    cast(0 as INTEGER)
 as "open_findings"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected