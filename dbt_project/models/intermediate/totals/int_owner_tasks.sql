-- Task instances of each owner that were due within the year, up to the month's end.
with windows as (
    select * from {{ ref('int_month_windows') }}
),

tasks as (
    select * from {{ ref('int_task_statuses') }} where is_counted
)

select
    windows.month,
    tasks.owner_code,
    count(*) as tasks_due,
    count(case when tasks.is_done_on_time then 1 end) as tasks_done_on_time
from windows
inner join tasks
    on tasks.due_on >= windows.year_start_on and tasks.due_on <= windows.month_end
group by windows.month, tasks.owner_code
