
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","models_running","models_new","models_medium_new_ytd","has_all_model_sizes","has_no_model", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_commune_lists as (

-- Fixture for int_commune_lists
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('d' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('e' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('f' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(False as BOOLEAN)
 as "is_known"
),  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", 
    
    cast('2014-01-01' as DATE)
 as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__stg_districts__h02 as (

-- Fixture for stg_districts__h02
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-09-30' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('medium' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-08-31' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('small' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2013-09-01' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('medium' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast(null as character varying(256))
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast(null as character varying(256))
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('small' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-09-01' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('stopped' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03_same' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('e' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
), lists as (
    select * from __dbt__cte__int_commune_lists where form = 'H02' and is_known
),

windows as (
    select * from __dbt__cte__int_month_windows
),

models as (
    select * from __dbt__cte__stg_districts__h02 where unused_reason is null
),

counted as (
    select
        lists.month,
        lists.commune_code,
        lists.district_code,
        lists.submission_id,
        count(case when models.status = 'running' then 1 end) as models_running,
        
        count(case when models.status = 'running' and models.size = 'large' then 1 end) as models_large,
        
        count(case when models.submission_id is not null and models.status is null and models.size = 'large' then 1 end)
            as models_large_doubtful,
        count(case when models.started_on between windows.year_start and windows.month_end and models.size = 'large' then 1 end)
            as models_large_new_ytd,
        
        count(case when models.status = 'running' and models.size = 'medium' then 1 end) as models_medium,
        
        count(case when models.submission_id is not null and models.status is null and models.size = 'medium' then 1 end)
            as models_medium_doubtful,
        count(case when models.started_on between windows.year_start and windows.month_end and models.size = 'medium' then 1 end)
            as models_medium_new_ytd,
        
        count(case when models.status = 'running' and models.size = 'small' then 1 end) as models_small,
        
        count(case when models.submission_id is not null and models.status is null and models.size = 'small' then 1 end)
            as models_small_doubtful,
        count(case when models.started_on between windows.year_start and windows.month_end and models.size = 'small' then 1 end)
            as models_small_new_ytd,
        
        count(case when models.submission_id is not null and models.status is null then 1 end) as models_doubtful,
        count(case when models.submission_id is not null and coalesce(models.status, 'running') = 'running' and models.size is null then 1 end)
            as models_unsized,
        count(case when models.started_on between lists.month and windows.month_end then 1 end) as models_new
    from lists
    inner join windows
        on lists.month = windows.month
    left join models
        on lists.submission_id = models.submission_id and lists.commune_code = models.commune_code
    group by lists.month, lists.commune_code, lists.district_code, lists.submission_id
),

-- sizes of which no model runs, and no model of unknown status might
sizes as (
    select
        *,
        
        case when models_large = 0 then 1 else 0 end +
        
        case when models_medium = 0 then 1 else 0 end +
        
        case when models_small = 0 then 1 else 0 end 
         as sizes_missing,
        
        case when models_large = 0 and models_large_doubtful = 0 then 1 else 0 end +
        
        case when models_medium = 0 and models_medium_doubtful = 0 then 1 else 0 end +
        
        case when models_small = 0 and models_small_doubtful = 0 then 1 else 0 end 
         as sizes_out_of_sight
    from counted
)

select
    month,
    commune_code,
    district_code,
    submission_id,
    models_running,
    models_large,
    models_medium,
    models_small,
    models_new,
    models_large_new_ytd,
    models_medium_new_ytd,
    models_small_new_ytd,
    -- unknown only where the rows of unknown status or size could change the answer
    case
        when sizes_missing = 0 then true
        when sizes_out_of_sight <= models_unsized then null
        else false
    end as has_all_model_sizes,
    case
        when models_running > 0 then false
        when models_doubtful > 0 then null
        else true
    end as has_no_model
from sizes
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "models_running", "models_new", "models_medium_new_ytd", "has_all_model_sizes", "has_no_model", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "models_running", 
    
    cast(1 as BIGINT)
 as "models_new", 
    
    cast(1 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(True as BOOLEAN)
 as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "models_running", 
    
    cast(0 as BIGINT)
 as "models_new", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(null as BOOLEAN)
 as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "models_running", 
    
    cast(0 as BIGINT)
 as "models_new", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(False as BOOLEAN)
 as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('d' as character varying)
 as "commune_code", 
    
    cast(0 as BIGINT)
 as "models_running", 
    
    cast(1 as BIGINT)
 as "models_new", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(False as BOOLEAN)
 as "has_all_model_sizes", 
    
    cast(null as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('e' as character varying)
 as "commune_code", 
    
    cast(0 as BIGINT)
 as "models_running", 
    
    cast(0 as BIGINT)
 as "models_new", 
    
    cast(0 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(False as BOOLEAN)
 as "has_all_model_sizes", 
    
    cast(True as BOOLEAN)
 as "has_no_model"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected