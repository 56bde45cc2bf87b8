
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "task_code","month","measured_status","measured_by", 'actual' as "actual_or_expected"
  from (
    -- What the data themselves answer of a task, month by month: the targets that belong to its item of the notice, measured for its owner, or for
-- the province where the owner is neither a district nor a department. How an owner keeps its own due days (T12) answers no task.
with  __dbt__cte__int_target_measures as (

-- Fixture for int_target_measures
select 
    
    cast('T02a' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('1.3f' as character varying)
 as "notice_item", 
    
    cast(True as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T02b' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('1.3f' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2015-06-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('3.3b' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2015-06-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('3.3b' as character varying)
 as "notice_item", 
    
    cast(True as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T08' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('S-XD' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('2.6b' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
),  __dbt__cte__int_task_instances as (

-- Fixture for int_task_instances
select 
    
    cast('1.3f' as character varying)
 as "task_code", 
    
    cast('VPDP' as character varying)
 as "owner_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", cast(null as DATE) as "due_on", cast(null as BOOLEAN) as "is_counted"
union all
select 
    
    cast('3.3b' as character varying)
 as "task_code", 
    
    cast('443' as character varying)
 as "owner_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", cast(null as DATE) as "due_on", cast(null as BOOLEAN) as "is_counted"
union all
select 
    
    cast('2.6b' as character varying)
 as "task_code", 
    
    cast('S-XD' as character varying)
 as "owner_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", cast(null as DATE) as "due_on", cast(null as BOOLEAN) as "is_counted"
),  __dbt__cte__int_reporters as (

-- Fixture for int_reporters
select 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast('office' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('district' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
union all
select 
    
    cast('S-XD' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
),  __dbt__cte__stg_reference__targets as (

-- Fixture for stg_reference__targets
select 
    
    cast('T08' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "level", cast(null as character varying(256)) as "metric_en", cast(null as character varying(256)) as "operator", cast(null as DOUBLE) as "target_value", cast(null as character varying(256)) as "unit", cast(null as DATE) as "deadline", 
    
    cast('2.6b' as character varying)
 as "notice_item", cast(null as character varying(256)) as "unit_kinds"
),  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select 
    
    cast('S-XD' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", 
    
    cast('2015-01-08T01:00:00' as TIMESTAMP)
 as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-XD' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", 
    
    cast(null as TIMESTAMP)
 as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-XD' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-03-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", 
    
    cast(null as TIMESTAMP)
 as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(False as BOOLEAN)
 as "is_past_due"
), measures as (
    select * from __dbt__cte__int_target_measures where target_id not in ('T08', 'T12')
),

owners as (
    select distinct
        task_code,
        owner_code
    from __dbt__cte__int_task_instances
),

reporters as (
    select distinct
        reporter_code,
        reporter_type
    from __dbt__cte__int_reporters
),

targets as (
    select * from __dbt__cte__stg_reference__targets
),

obligations as (
    select * from __dbt__cte__int_obligations where form = 'S01'
),

measured as (
    select
        owners.task_code,
        owners.owner_code,
        measures.month,
        measures.target_id,
        measures.is_met
    from owners
    inner join reporters
        on owners.owner_code = reporters.reporter_code
    inner join measures
        on
            (';' || replace(measures.notice_item, ' ', '') || ';' like '%;' || owners.task_code || ';%')
            and case when reporters.reporter_type in ('district', 'department') then owners.owner_code else '42' end = measures.unit_code
    union all
    -- of a report each quarter the quarter's own is asked
    select
        owners.task_code,
        owners.owner_code,
        obligations.month,
        targets.target_id,
        case when obligations.first_received_at is not null then true when obligations.is_past_due then false end as is_met
    from owners
    inner join targets
        on targets.target_id = 'T08' and (';' || replace(targets.notice_item, ' ', '') || ';' like '%;' || owners.task_code || ';%')
    inner join obligations
        on owners.owner_code = obligations.reporter_code
)

-- where two readings of an item differ, there is no answer
select
    task_code,
    owner_code,
    month,
    case when bool_and(coalesce(is_met, false)) then 'done' when bool_and(not coalesce(is_met, true)) then 'not_done' end as measured_status,
    string_agg(distinct target_id, ';' order by target_id) as measured_by
from measured
group by task_code, owner_code, month
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "task_code", "month", "measured_status", "measured_by", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('3.3b' as character varying)
 as "task_code", 
    
    cast('2015-06-01' as DATE)
 as "month", 
    
    cast('done' as character varying)
 as "measured_status", 
    
    cast('T05' as character varying)
 as "measured_by"
union all
select 
    
    cast('1.3f' as character varying)
 as "task_code", 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast(null as character varying(256))
 as "measured_status", 
    
    cast('T02a;T02b' as character varying)
 as "measured_by"
union all
select 
    
    cast('2.6b' as character varying)
 as "task_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('not_done' as character varying)
 as "measured_status", 
    
    cast('T08' as character varying)
 as "measured_by"
union all
select 
    
    cast('2.6b' as character varying)
 as "task_code", 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('done' as character varying)
 as "measured_status", 
    
    cast('T08' as character varying)
 as "measured_by"
union all
select 
    
    cast('2.6b' as character varying)
 as "task_code", 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast(null as character varying(256))
 as "measured_status", 
    
    cast('T08' as character varying)
 as "measured_by"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected