with rules as (
    select min(valid_from) as first_day
    from {{ ref('stg_reference__reporting_calendar') }}
),

months as (
    select * from {{ ref('int_calendar_months') }}
)

select
    months.month,
    months.month_start,
    months.month_end,
    months.period,
    {{ quarter_text('months.month') }} as quarter,
    month(months.month) in (3, 6, 9, 12) as is_quarter_end,
    row_number() over (order by months.month) as month_no
from months
{{ join_parameter('reports_owed_from', 'months.month_end') }}
inner join rules
    on months.month_end >= greatest(rules.first_day, cast(reports_owed_from.value as date))
where months.month_end <= {{ as_of() }}
