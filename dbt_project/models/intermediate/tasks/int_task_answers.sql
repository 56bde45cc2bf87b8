-- What the data themselves answer of a task, month by month: the targets that belong to its item of the notice, measured for its owner, or for
-- the province where the owner is neither a district nor a department. How an owner keeps its own due days answers no task.
with measures as (
    select * from {{ ref('int_target_measures') }} where counted not in ('reports', 'tasks')
),

report_targets as (
    select distinct target_id
    from {{ ref('int_target_measures') }}
    where counted = 'reports'
),

tasks as (
    select distinct
        task_code,
        owner_code
    from {{ ref('int_task_instances') }}
),

reporters as (
    select distinct
        reporter_code,
        reporter_type
    from {{ ref('int_reporters') }}
),

owners as (
    select
        tasks.task_code,
        tasks.owner_code,
        case when reporters.reporter_type in ('district', 'department') then tasks.owner_code else {{ province_code() }} end as measured_code
    from tasks
    inner join reporters
        on tasks.owner_code = reporters.reporter_code
),

-- which task each item of the notice is, asked once per item and not per owner and month
items as (
    select
        task_codes.task_code,
        notice_items.notice_item
    from (select distinct task_code from tasks) as task_codes
    inner join (select distinct notice_item from measures) as notice_items
        on {{ in_list('task_codes.task_code', 'notice_items.notice_item') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'S01'
),

measured as (
    select
        owners.task_code,
        owners.owner_code,
        measures.month,
        measures.target_id,
        -- an owner of whom nothing is asked has done all of it
        case measures.state when 'nothing_due' then true else measures.is_met end as is_met
    from owners
    inner join items
        on owners.task_code = items.task_code
    inner join measures
        on
            items.notice_item = measures.notice_item
            and owners.measured_code = measures.unit_code
    union all
    -- of a report each quarter the quarter's own is asked
    select
        tasks.task_code,
        tasks.owner_code,
        obligations.month,
        targets.target_id,
        case when obligations.first_received_at is not null then true when obligations.is_past_due then false end as is_met
    from tasks
    inner join targets
        on
            targets.target_id in (select report_targets.target_id from report_targets)
            and {{ in_list('tasks.task_code', 'targets.notice_item') }}
    inner join obligations
        on tasks.owner_code = obligations.reporter_code and {{ is_valid_on('obligations.period_end', 'targets') }}
)

-- where two readings of an item differ, there is no answer
select
    task_code,
    owner_code,
    month,
    case when bool_and(coalesce(is_met, false)) then 'done' when bool_and(not coalesce(is_met, true)) then 'not_done' end as measured_status,
    {{ distinct_list('target_id') }} as measured_by
from measured
group by task_code, owner_code, month
