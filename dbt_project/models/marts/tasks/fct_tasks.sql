with statuses as (
    select * from {{ ref('int_task_statuses') }}
),

tasks as (
    select * from {{ ref('int_tasks') }}
),

answers as (
    select * from {{ ref('int_task_answers') }}
),

last_month as (
    select max(month) as month
    from {{ ref('int_months') }}
),

-- a recurring task is measured by its period, one with a day by the month of that day, others by the newest month
instances as (
    select
        statuses.*,
        least(coalesce(statuses.month, {{ month_of_day('statuses.due_on') }}, last_month.month), last_month.month) as measured_month
    from statuses
    cross join last_month
    {{ join_month_of_day('statuses.due_on') }}
),

owned as (
    select
        instances.*,
        answers.measured_status,
        answers.measured_by
    from instances
    left join answers
        on
            instances.task_code = answers.task_code
            and instances.owner_code = answers.owner_code
            and instances.measured_month = answers.month
)

select
    {{ short_hash(['tasks.task_code', 'owned.owner_code', 'owned.period']) }} as task_instance_id,
    tasks.task_code,
    owned.owner_code,
    owned.period,
    case when owned.task_code is not null then owned.due_on else tasks.due_on end as due_on,
    tasks.document_no,
    tasks.issued_on,
    tasks.task,
    tasks.target,
    tasks.recurrence,
    coalesce(owned.is_counted, false) as is_counted,
    owned.reported_status,
    owned.percent_done,
    owned.done_on,
    owned.first_done_at,
    owned.evidence,
    coalesce(owned.is_done, false) as is_done,
    coalesce(owned.is_done_on_time, false) as is_done_on_time,
    coalesce(owned.state, 'no_owner') as state,
    owned.reported_month,
    owned.submission_id,
    tasks.submission_id as register_submission_id,
    owned.measured_status,
    owned.measured_by,
    case when owned.measured_by is not null then owned.measured_month end as measured_month,
    coalesce(
        (owned.reported_status = 'done' and owned.measured_status = 'not_done')
        or (owned.state = 'overdue' and owned.is_counted and owned.reported_status <> 'done' and owned.measured_status = 'done'),
        false
    ) as is_contradicted
from tasks
left join owned
    on tasks.task_code = owned.task_code
-- a recurring task whose first period has not ended has no instance yet; one that names nobody never will
where owned.task_code is not null or tasks.is_without_owner
