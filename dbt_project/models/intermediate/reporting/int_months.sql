with calendar as (
    select min(valid_from) as first_day
    from {{ ref('stg_reference__reporting_calendar') }}
),

months as (
    {{ months_from_to("(select first_day from calendar)", as_of()) }}
)

select
    month,
    last_day(month) as month_end,
    {{ month_text('month') }} as period,
    {{ quarter_text('month') }} as quarter,
    month(month) in (3, 6, 9, 12) as is_quarter_end,
    row_number() over (order by month) as month_no
from months
where last_day(month) <= {{ as_of() }}
