
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "task_code","state","is_done_on_time", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_task_instances as (

-- Fixture for int_task_instances
select 
    
    cast('monthly' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10' as character varying)
 as "period", 
    
    cast('2014-10-01' as DATE)
 as "period_start", 
    
    cast('2014-10-31' as DATE)
 as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-05' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('late' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('soon' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-12-31' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('later' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2015-01-31' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('always' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast(null as DATE)
 as "due_on", 
    
    cast(False as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('by_day' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
),  __dbt__cte__int_task_reports as (

-- Fixture for int_task_reports
select 
    
    cast('by_day' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", 
    
    cast('2014-11-29' as DATE)
 as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('late' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-09T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('in_progress' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('monthly' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-01T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
), instances as (
    select * from __dbt__cte__int_task_instances
),

reports as (
    select * from __dbt__cte__int_task_reports
),

-- a recurring task is told of by the C01 of its period's months, a single one by any since the issue
told as (
    select
        instances.task_code,
        instances.owner_code,
        instances.period,
        reports.month,
        reports.received_at,
        reports.submission_id,
        reports.is_current,
        reports.row_number,
        reports.status,
        reports.percent_done,
        reports.done_on,
        reports.evidence
    from instances
    inner join reports
        on
            instances.task_code = reports.task_code
            and instances.owner_code = reports.owner_code
            and reports.month >= date_trunc('month', instances.period_start)
            and reports.month <= coalesce(instances.period_end, reports.month)
),

newest as (
    select *
    from told
    where is_current
    qualify row_number() over (partition by task_code, owner_code, period order by month desc, row_number desc) = 1
),

first_done as (
    select
        task_code,
        owner_code,
        period,
        min(received_at) as first_done_at
    from told
    where status = 'done'
    group by task_code, owner_code, period
),

judged as (
    select
        instances.task_code,
        instances.owner_code,
        instances.period,
        instances.period_end,
        instances.due_on,
        instances.is_counted,
        newest.status as reported_status,
        newest.percent_done,
        newest.done_on,
        newest.evidence,
        newest.submission_id,
        newest.month as reported_month,
        first_done.first_done_at,
        coalesce(newest.status = 'done', false) as is_done,
        coalesce(
            newest.status = 'done'
            and coalesce(newest.done_on, cast(first_done.first_done_at + interval 7 hours as date)) <= instances.due_on,
            false
        ) as is_done_on_time
    from instances
    left join newest
        on
            instances.task_code = newest.task_code
            and instances.owner_code = newest.owner_code
            and instances.period is not distinct from newest.period
    left join first_done
        on
            instances.task_code = first_done.task_code
            and instances.owner_code = first_done.owner_code
            and instances.period is not distinct from first_done.period
)

select
    judged.*,
    case
        when judged.due_on is null and judged.is_done then 'done'
        when judged.due_on is null then 'undated'
        when judged.is_done_on_time then 'done_on_time'
        when judged.is_done then 'done_late'
        when judged.due_on < cast('2014-12-10' as date) then 'overdue'
        when judged.due_on <= last_day(cast('2014-12-10' as date)) then 'due'
        else 'not_yet_due'
    end as state
from judged
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "task_code", "state", "is_done_on_time", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('by_day' as character varying)
 as "task_code", 
    
    cast('done_on_time' as character varying)
 as "state", 
    
    cast(True as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('done_on_time' as character varying)
 as "state", 
    
    cast(True as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('late' as character varying)
 as "task_code", 
    
    cast('done_late' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('overdue' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('soon' as character varying)
 as "task_code", 
    
    cast('due' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('later' as character varying)
 as "task_code", 
    
    cast('not_yet_due' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('always' as character varying)
 as "task_code", 
    
    cast('undated' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
union all
select 
    
    cast('monthly' as character varying)
 as "task_code", 
    
    cast('overdue' as character varying)
 as "state", 
    
    cast(False as BOOLEAN)
 as "is_done_on_time"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected