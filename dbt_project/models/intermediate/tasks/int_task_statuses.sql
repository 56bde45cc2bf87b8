with instances as (
    select
        task_instances.*,
        {{ month_of_day('task_instances.period_start') }} as first_month
    from {{ ref('int_task_instances') }} as task_instances
    {{ join_month_of_day('task_instances.period_start') }}
),

this_month as (
    select month_end
    from {{ ref('int_calendar_months') }}
    where {{ as_of() }} between month_start and month_end
),

reports as (
    select * from {{ ref('int_task_reports') }}
),

-- a recurring task is reported on by the C01 of its period's months, a single one by any since the issue
reported as (
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
            and reports.month >= instances.first_month
            and reports.month <= coalesce(instances.month, reports.month)
),

newest as (
    select *
    from reported
    where is_current
    qualify row_number() over (partition by task_code, owner_code, period order by month desc, row_number desc) = 1
),

first_done as (
    select
        task_code,
        owner_code,
        period,
        min(received_at) as first_done_at
    from reported
    where status = 'done'
    group by task_code, owner_code, period
),

judged as (
    select
        instances.task_code,
        instances.owner_code,
        instances.period,
        instances.month,
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
            and coalesce(newest.done_on, {{ local_date('first_done.first_done_at') }}) <= instances.due_on,
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
        when judged.due_on < {{ as_of() }} then 'overdue'
        when judged.due_on <= this_month.month_end then 'due'
        else 'not_yet_due'
    end as state
from judged
left join this_month
    on true
