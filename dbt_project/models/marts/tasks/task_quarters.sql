with quarters as (
    select
        month,
        period as quarter,
        period_start as quarter_start,
        period_end as month_end
    from {{ ref('int_periods') }}
    where frequency = 'quarter'
),

tasks as (
    select * from {{ ref('int_tasks') }}
),

instances as (
    select * from {{ ref('int_task_instances') }}
),

statuses as (
    select * from {{ ref('int_task_statuses') }} where is_counted
),

reports as (
    select * from {{ ref('int_task_reports') }} where is_current
),

answers as (
    select * from {{ ref('int_task_answers') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

owned as (
    select distinct
        quarters.quarter,
        quarters.month,
        quarters.month_end,
        instances.task_code,
        instances.owner_code
    from quarters
    inner join instances
        on instances.period_start <= quarters.month_end
),

due as (
    select
        quarters.month,
        statuses.task_code,
        statuses.owner_code,
        count(*) as instances_due,
        count(case when statuses.state = 'done_on_time' then 1 end) as instances_done_on_time,
        count(case when statuses.state = 'done_late' then 1 end) as instances_done_late,
        count(case when statuses.state = 'overdue' then 1 end) as instances_overdue
    from quarters
    inner join statuses
        on statuses.due_on >= quarters.quarter_start and statuses.due_on <= quarters.month_end
    group by quarters.month, statuses.task_code, statuses.owner_code
),

-- the last word of each quarter in which there was one, and until which month it was the newest
newest as (
    select
        quarters.month as quarter_month,
        reports.*
    from quarters
    inner join reports
        on reports.month <= quarters.month and reports.month >= {{ add_months('quarters.month', -2) }}
    qualify
        row_number() over (
            partition by quarters.month, reports.task_code, reports.owner_code order by reports.month desc, reports.row_number desc
        ) = 1
),

reported as (
    select
        *,
        {{ valid_to('lead(quarter_month) over (partition by task_code, owner_code order by quarter_month)') }} as next_quarter_month
    from newest
)

select
    owned.quarter,
    owned.month,
    tasks.document_no,
    owned.task_code,
    tasks.task,
    tasks.recurrence,
    owned.owner_code,
    reporters.name_vi as reporter_name,
    cast(coalesce(due.instances_due, 0) as integer) as instances_due,
    cast(coalesce(due.instances_done_on_time, 0) as integer) as instances_done_on_time,
    cast(coalesce(due.instances_done_late, 0) as integer) as instances_done_late,
    cast(coalesce(due.instances_overdue, 0) as integer) as instances_overdue,
    reported.status as reported_status,
    reported.month as reported_month,
    reported.percent_done,
    reported.evidence,
    answers.measured_status,
    answers.measured_by,
    coalesce(reported.status = 'done' and answers.measured_status = 'not_done', false) as is_contradicted
from owned
inner join tasks
    on owned.task_code = tasks.task_code
left join reporters
    on owned.owner_code = reporters.reporter_code and {{ is_valid_on('owned.month_end', 'reporters') }}
left join due
    on owned.month = due.month and owned.task_code = due.task_code and owned.owner_code = due.owner_code
left join reported
    on
        owned.task_code = reported.task_code
        and owned.owner_code = reported.owner_code
        and owned.month >= reported.quarter_month
        and owned.month < reported.next_quarter_month
left join answers
    on owned.month = answers.month and owned.task_code = answers.task_code and owned.owner_code = answers.owner_code
