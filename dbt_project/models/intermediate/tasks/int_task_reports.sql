-- What each C01 accepted so far says of each task of the register, found by its code or, where that is blank, by its words.
with reports as (
    select * from {{ ref('stg_tasks__c01') }} where unused_reason is null
),

verdicts as (
    select * from {{ ref('int_submission_verdicts') }} where form = 'C01' and is_accepted
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'C01'
),

tasks as (
    select * from {{ ref('int_tasks') }}
),

reported as (
    select
        *,
        coalesce(lower(trim(task_code)), '') as reported_code,
        lower(trim(task)) as reported_task
    from reports
),

found as (
    select
        reported.*,
        tasks.task_code as found_code
    from reported
    inner join tasks
        on reported.reported_code = lower(trim(tasks.task_code))
    where reported.reported_code <> ''
    union all
    select
        reported.*,
        tasks.task_code as found_code
    from reported
    inner join tasks
        on reported.reported_task = lower(trim(tasks.task))
    where reported.reported_code = ''
)

select
    found.found_code as task_code,
    verdicts.reporter_code as owner_code,
    obligations.month,
    verdicts.received_at,
    found.submission_id,
    obligations.submission_id = found.submission_id as is_current,
    found.row_number,
    found.status,
    found.percent_done,
    found.done_on,
    found.evidence
from found
inner join verdicts
    on found.submission_id = verdicts.submission_id
inner join obligations
    on verdicts.reporter_code = obligations.reporter_code and verdicts.period = obligations.period
