-- Each usable row of C01 with the task of the register that it means, found by its code or, where that is blank, by its words.
with reports as (
    select
        *,
        coalesce(lower(trim(task_code)), '') as reported_code,
        lower(trim(task)) as reported_task
    from {{ ref('stg_tasks__c01') }}
    where unused_reason is null
),

tasks as (
    select * from {{ ref('int_tasks') }}
)

select
    reports.submission_id,
    reports.sheet,
    reports.table_no,
    reports.row_number,
    reports.item_key,
    reports.status,
    reports.percent_done,
    reports.done_on,
    reports.evidence,
    coalesce(nullif(trim(reports.task_code), ''), reports.task) as reported,
    case when reports.reported_code = '' then 'task' else 'task_code' end as reported_field,
    tasks.task_code
from reports
left join tasks
    on
        case when reports.reported_code = '' then reports.reported_task else reports.reported_code end
        = case when reports.reported_code = '' then lower(trim(tasks.task)) else lower(trim(tasks.task_code)) end
