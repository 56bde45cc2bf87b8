with statuses as (
    select * from {{ ref('int_task_statuses') }}
),

tasks as (
    select * from {{ ref('int_tasks') }}
)

select
    {{ short_hash(['statuses.task_code', 'statuses.owner_code', 'statuses.period']) }} as task_instance_id,
    statuses.task_code,
    statuses.owner_code,
    statuses.period,
    statuses.due_on,
    tasks.document_no,
    tasks.issued_on,
    tasks.task,
    tasks.target,
    tasks.recurrence,
    statuses.is_counted,
    statuses.reported_status,
    statuses.percent_done,
    statuses.done_on,
    statuses.first_done_at,
    statuses.evidence,
    statuses.is_done,
    statuses.is_done_on_time,
    statuses.state,
    statuses.reported_month,
    statuses.submission_id,
    tasks.submission_id as register_submission_id
from statuses
inner join tasks
    on statuses.task_code = tasks.task_code
