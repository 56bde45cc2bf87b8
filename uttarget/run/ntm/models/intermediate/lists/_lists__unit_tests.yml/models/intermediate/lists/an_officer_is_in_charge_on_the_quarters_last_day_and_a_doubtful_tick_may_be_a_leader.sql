
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","officers","has_officer","has_leader", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_commune_lists as (

-- Fixture for int_commune_lists
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H06' as character varying)
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
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H06' as character varying)
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
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H06' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
),  __dbt__cte__int_months as (

-- Fixture for int_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
),  __dbt__cte__stg_districts__h06 as (

-- Fixture for stg_districts__h06
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "officer_name", cast(null as character varying(256)) as "position", 
    
    cast(False as BOOLEAN)
 as "is_leader", cast(null as DATE) as "from_date", 
    
    cast('2014-09-30' as DATE)
 as "to_date", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "officer_name", cast(null as character varying(256)) as "position", 
    
    cast(True as BOOLEAN)
 as "is_leader", 
    
    cast('2014-10-01' as DATE)
 as "from_date", cast(null as DATE) as "to_date", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "officer_name", cast(null as character varying(256)) as "position", 
    
    cast(False as BOOLEAN)
 as "is_leader", cast(null as DATE) as "from_date", cast(null as DATE) as "to_date", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "officer_name", cast(null as character varying(256)) as "position", 
    
    cast(null as BOOLEAN)
 as "is_leader", cast(null as DATE) as "from_date", cast(null as DATE) as "to_date", cast(null as character varying(256)) as "note"
), lists as (
    select * from __dbt__cte__int_commune_lists where form = 'H06' and is_known
),

months as (
    select * from __dbt__cte__int_months
),

rows_used as (
    select * from __dbt__cte__stg_districts__h06 where unused_reason is null
),

reports as (
    select distinct
        lists.submission_id,
        months.month_end
    from lists
    inner join months
        on lists.month = months.month
),

-- in charge on the quarter's last day
assignments as (
    select
        rows_used.submission_id,
        rows_used.commune_code,
        rows_used.is_leader
    from rows_used
    inner join reports
        on rows_used.submission_id = reports.submission_id
    where
        coalesce(rows_used.from_date, reports.month_end) <= reports.month_end
        and coalesce(rows_used.to_date, reports.month_end) >= reports.month_end
)

select
    lists.month,
    lists.commune_code,
    lists.district_code,
    lists.continuous_since_on,
    lists.submission_id,
    count(assignments.submission_id) as officers,
    count(case when assignments.is_leader then 1 end) as leaders,
    count(assignments.submission_id) > 0 as has_officer,
    -- a tick that can't be read may be a leader's
    case
        when count(case when assignments.is_leader then 1 end) > 0 then true
        when count(assignments.submission_id) > count(assignments.is_leader) then null
        else false
    end as has_leader
from lists
left join assignments
    on lists.submission_id = assignments.submission_id and lists.commune_code = assignments.commune_code
group by lists.month, lists.commune_code, lists.district_code, lists.continuous_since_on, lists.submission_id
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "officers", "has_officer", "has_leader", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "officers", 
    
    cast(True as BOOLEAN)
 as "has_officer", 
    
    cast(False as BOOLEAN)
 as "has_leader"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "officers", 
    
    cast(True as BOOLEAN)
 as "has_officer", 
    
    cast(null as BOOLEAN)
 as "has_leader"
union all
select 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(0 as BIGINT)
 as "officers", 
    
    cast(False as BOOLEAN)
 as "has_officer", 
    
    cast(False as BOOLEAN)
 as "has_leader"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected