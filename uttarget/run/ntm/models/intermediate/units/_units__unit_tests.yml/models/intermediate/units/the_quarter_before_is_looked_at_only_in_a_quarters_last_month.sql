
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "month","quarter_month","previous_quarter_month","window_start","weak_below_criteria", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_months as (

-- Fixture for int_months
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('2014-12-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2015-01-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
),  __dbt__cte__stg_reference__parameters as (

-- Fixture for stg_reference__parameters
select 
    
    cast('weak_below_criteria' as character varying)
 as "name", 
    
    cast('7' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-01-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('weak_below_criteria' as character varying)
 as "name", 
    
    cast('8' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('2015-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
), months as (
    select * from __dbt__cte__int_months
),

parameters as (
    select * from __dbt__cte__stg_reference__parameters
)

select
    months.month,
    months.month_end,
    -- the quarter whose facts stand in this month: the newest that has ended by the month's end
    cast(months.month + to_months(-cast(month(months.month) % 3 as integer)) as date) as quarter_month,
    -- the quarter before the newest is looked at only in a quarter's last month: in the others it lies outside the window of two quarters
    case when month(months.month) % 3 = 0 then cast(months.month + to_months(-3) as date) end as previous_quarter_month,
    cast(date_trunc('quarter', months.month) + to_months(-3) as date) as window_start,
    cast(date_trunc('year', months.month) as date) as year_start,
    cast(max(case when parameters.name = 'weak_below_criteria' then parameters.value end) as integer) as weak_below_criteria,
    cast(max(case when parameters.name = 'reporting_rate_final' then parameters.value end) as double) as reporting_rate_final,
    cast(max(case when parameters.name = 'new_model_age' then parameters.value end) as integer) as new_model_age_months,
    cast(max(case when parameters.name = 'inspection_communes_per_month' then parameters.value end) as integer) as inspection_communes_per_month,
    cast(max(case when parameters.name = 'inspection_items_per_commune' then parameters.value end) as integer) as inspection_items_per_commune,
    cast(max(case when parameters.name = 'inspection_rest' then parameters.value end) as integer) as inspection_rest_months,
    cast(max(case when parameters.name = 'criteria_jump' then parameters.value end) as integer) as criteria_jump
from months
left join parameters
    on (months.month_end >= parameters.valid_from and months.month_end < parameters.valid_to)
group by months.month, months.month_end
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "month", "quarter_month", "previous_quarter_month", "window_start", "weak_below_criteria", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('2014-12-01' as DATE)
 as "quarter_month", 
    
    cast('2014-09-01' as DATE)
 as "previous_quarter_month", 
    
    cast('2014-07-01' as DATE)
 as "window_start", 
    
    cast(7 as INTEGER)
 as "weak_below_criteria"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2014-12-01' as DATE)
 as "quarter_month", 
    
    cast(null as DATE)
 as "previous_quarter_month", 
    
    cast('2014-10-01' as DATE)
 as "window_start", 
    
    cast(8 as INTEGER)
 as "weak_below_criteria"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected