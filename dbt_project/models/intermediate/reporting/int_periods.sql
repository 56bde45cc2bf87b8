-- A quarter counts in the month of its last day.
with months as (
    select * from {{ ref('int_months') }}
)

select
    period,
    'month' as frequency,
    month as period_start,
    month_end as period_end,
    month,
    month_no as period_no
from months
union all
select
    quarter as period,
    'quarter' as frequency,
    {{ add_months('month', -2) }} as period_start,
    month_end as period_end,
    month,
    row_number() over (order by month) as period_no
from months
where is_quarter_end
