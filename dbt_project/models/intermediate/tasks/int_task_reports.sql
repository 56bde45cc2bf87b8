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
)

select
    tasks.task_code,
    verdicts.reporter_code as owner_code,
    obligations.month,
    verdicts.received_at,
    reports.submission_id,
    obligations.submission_id = reports.submission_id as is_current,
    reports.row_number,
    reports.status,
    reports.percent_done,
    reports.done_on,
    reports.evidence
from reports
inner join verdicts
    on reports.submission_id = verdicts.submission_id
inner join obligations
    on verdicts.reporter_code = obligations.reporter_code and verdicts.period = obligations.period
inner join tasks
    on
        lower(trim(reports.task_code)) = lower(trim(tasks.task_code))
        or (nullif(trim(reports.task_code), '') is null and lower(trim(reports.task)) = lower(trim(tasks.task)))
