with  __dbt__cte__commune_months as (

-- Fixture for commune_months
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(10 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('other' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(10 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(10 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(12 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(15 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(18 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('e' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('s' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(null as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
),  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", 
    
    cast('2014-01-01' as DATE)
 as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", 
    
    cast('2015-01-01' as DATE)
 as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__int_commune_models as (

-- Fixture for int_commune_models
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(1 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(2 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(1 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(2 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"
),  __dbt__cte__int_commune_establishments as (

-- Fixture for int_commune_establishments
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "enterprises_active", cast(null as BIGINT) as "enterprises_new", cast(null as BIGINT) as "enterprises_new_ytd", cast(null as BIGINT) as "cooperatives_active", cast(null as BIGINT) as "cooperatives_new", cast(null as BIGINT) as "cooperatives_new_ytd", cast(null as BIGINT) as "cooperative_groups_active", cast(null as BIGINT) as "cooperative_groups_new", cast(null as BIGINT) as "cooperative_groups_new_ytd"
    limit 0
), communes as (
    select * from __dbt__cte__commune_months
),

windows as (
    select * from __dbt__cte__int_month_windows
),

models as (
    select * from __dbt__cte__int_commune_models
),

establishments as (
    select * from __dbt__cte__int_commune_establishments
),

measured as (
    select
        communes.month,
        communes.commune_code,
        communes.commune_name,
        communes.district_code,
        communes.criteria_met_latest as criteria_level,
        -- the same commune, criteria set and unbroken history as last December
        communes.criteria_met_latest - december.criteria_met_latest as criteria_gain,
        3 * models.models_large_new_ytd + 2 * models.models_medium_new_ytd + models.models_small_new_ytd as new_models,
        establishments.enterprises_new_ytd + establishments.cooperatives_new_ytd as new_establishments
    from communes
    inner join windows
        on communes.month = windows.month
    left join communes as december
        on
            december.month = cast(windows.year_start + to_months(-1) as date)
            and communes.commune_code = december.commune_code
            and communes.criteria_set_id = december.criteria_set_id
            and communes.comparable_since_on is not distinct from december.comparable_since_on
    left join models
        on communes.month = models.month and communes.commune_code = models.commune_code
    left join establishments
        on communes.month = establishments.month and communes.commune_code = establishments.commune_code
)

select
    month,
    commune_code,
    commune_name,
    district_code,
    cast(criteria_level as integer) as criteria_level,
    cast(avg(criteria_level) over in_district as double) as criteria_level_district_avg,
    cast(
        case
            when criteria_level is not null
                then rank() over (partition by month, district_code order by criteria_level desc nulls last)
        end as integer
    ) as criteria_level_rank,
    cast(criteria_gain as integer) as criteria_gain,
    cast(avg(criteria_gain) over in_district as double) as criteria_gain_district_avg,
    cast(
        case
            when criteria_gain is not null
                then rank() over (partition by month, district_code order by criteria_gain desc nulls last)
        end as integer
    ) as criteria_gain_rank,
    cast(new_models as integer) as new_models,
    cast(avg(new_models) over in_district as double) as new_models_district_avg,
    cast(
        case
            when new_models is not null
                then rank() over (partition by month, district_code order by new_models desc nulls last)
        end as integer
    ) as new_models_rank,
    cast(new_establishments as integer) as new_establishments,
    cast(avg(new_establishments) over in_district as double) as new_establishments_district_avg,
    cast(
        case
            when new_establishments is not null
                then rank() over (partition by month, district_code order by new_establishments desc nulls last)
        end as integer
    ) as new_establishments_rank,
    cast(count(*) over in_district as integer) as communes
from measured
window in_district as (partition by month, district_code)