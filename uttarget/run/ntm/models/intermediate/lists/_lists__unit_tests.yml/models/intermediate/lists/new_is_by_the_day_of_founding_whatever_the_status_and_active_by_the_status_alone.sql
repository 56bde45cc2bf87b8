
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","enterprises_active","enterprises_new","enterprises_new_ytd","cooperatives_active","cooperatives_new", 'actual' as "actual_or_expected"
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
    
    cast('H03' as character varying)
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
    
    cast('H03' as character varying)
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
    
    cast('H03' as character varying)
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
),  __dbt__cte__stg_districts__h03 as (

-- Fixture for stg_districts__h03
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast('enterprise' as character varying)
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast('2014-09-30' as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast('stopped' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast('enterprise' as character varying)
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast('2014-01-01' as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast('active' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast('enterprise' as character varying)
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast('2013-12-31' as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast('cooperative' as character varying)
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast(null as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast('active' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast(null as character varying(256))
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast('2014-09-01' as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast('active' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03_same' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", 
    
    cast('cooperative' as character varying)
 as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", 
    
    cast('2014-09-01' as DATE)
 as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", 
    
    cast('active' as character varying)
 as "status", cast(null as character varying(256)) as "note"
), lists as (
    select * from __dbt__cte__int_commune_lists where form = 'H03' and is_known
),

windows as (
    select * from __dbt__cte__int_month_windows
),

establishments as (
    select * from __dbt__cte__stg_districts__h03 where unused_reason is null
)

select
    lists.month,
    lists.commune_code,
    lists.district_code,
    lists.submission_id,
    
    count(case when establishments.kind = 'enterprise' and establishments.status = 'active' then 1 end) as enterprises_active,
    count(case when establishments.kind = 'enterprise' and establishments.founded_on between lists.month and windows.month_end then 1 end)
        as enterprises_new,
    count(case when establishments.kind = 'enterprise' and establishments.founded_on between windows.year_start and windows.month_end then 1 end)
        as enterprises_new_ytd,
    
    count(case when establishments.kind = 'cooperative' and establishments.status = 'active' then 1 end) as cooperatives_active,
    count(case when establishments.kind = 'cooperative' and establishments.founded_on between lists.month and windows.month_end then 1 end)
        as cooperatives_new,
    count(case when establishments.kind = 'cooperative' and establishments.founded_on between windows.year_start and windows.month_end then 1 end)
        as cooperatives_new_ytd,
    
    count(case when establishments.kind = 'cooperative_group' and establishments.status = 'active' then 1 end) as cooperative_groups_active,
    count(case when establishments.kind = 'cooperative_group' and establishments.founded_on between lists.month and windows.month_end then 1 end)
        as cooperative_groups_new,
    count(case when establishments.kind = 'cooperative_group' and establishments.founded_on between windows.year_start and windows.month_end then 1 end)
        as cooperative_groups_new_ytd
    
from lists
inner join windows
    on lists.month = windows.month
left join establishments
    on lists.submission_id = establishments.submission_id and lists.commune_code = establishments.commune_code
group by lists.month, lists.commune_code, lists.district_code, lists.submission_id
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "enterprises_active", "enterprises_new", "enterprises_new_ytd", "cooperatives_active", "cooperatives_new", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "enterprises_active", 
    
    cast(1 as BIGINT)
 as "enterprises_new", 
    
    cast(2 as BIGINT)
 as "enterprises_new_ytd", 
    
    cast(1 as BIGINT)
 as "cooperatives_active", 
    
    cast(0 as BIGINT)
 as "cooperatives_new"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast(0 as BIGINT)
 as "enterprises_active", 
    
    cast(0 as BIGINT)
 as "enterprises_new", 
    
    cast(0 as BIGINT)
 as "enterprises_new_ytd", 
    
    cast(0 as BIGINT)
 as "cooperatives_active", 
    
    cast(0 as BIGINT)
 as "cooperatives_new"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected