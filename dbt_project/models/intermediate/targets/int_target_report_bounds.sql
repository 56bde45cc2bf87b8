-- Targets that count what is owed by a day: the departments' S01 (T08) and the tasks of the directives (T12). Nothing of it is unknown, and of
-- nothing owed all is done.
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

tasks as (
    select * from {{ ref('int_owner_tasks') }}
),

-- S01 of all quarters due so far
verdict_reports as (
    select
        'T08' as target_id,
        'reports' as counted,
        windows.month,
        windows.month_end,
        obligations.reporter_code as unit_code,
        count(case when obligations.is_past_due then obligations.first_received_at end) as numerator,
        count(case when obligations.is_past_due then 1 end) as denominator
    from windows
    inner join obligations
        on obligations.form = 'S01' and obligations.month <= windows.month
    group by windows.month, windows.month_end, obligations.reporter_code
),

task_reports as (
    select
        'T12' as target_id,
        'tasks' as counted,
        windows.month,
        windows.month_end,
        reporters.reporter_code as unit_code,
        coalesce(tasks.tasks_done_on_time, 0) as numerator,
        coalesce(tasks.tasks_due, 0) as denominator
    from windows
    inner join reporters
        on {{ is_valid_on('windows.month_end', 'reporters') }}
    left join tasks
        on windows.month = tasks.month and reporters.reporter_code = tasks.owner_code
),

reports as (
    select * from verdict_reports
    union all
    select * from task_reports
)

select
    reports.target_id,
    reports.counted,
    reports.month,
    reports.unit_code,
    targets.level = case reports.counted when 'reports' then 'department' else 'reporter' end as is_target_unit,
    true as is_share,
    100e0 * reports.numerator / nullif(reports.denominator, 0) as value,
    reports.numerator,
    reports.denominator,
    reports.denominator as units,
    coalesce(100e0 * reports.numerator / nullif(reports.denominator, 0), 100e0) as lowest,
    coalesce(100e0 * reports.numerator / nullif(reports.denominator, 0), 100e0) as highest,
    100e0 as ceiling
from reports
inner join targets
    on reports.target_id = targets.target_id and {{ is_valid_on('reports.month_end', 'targets') }}
