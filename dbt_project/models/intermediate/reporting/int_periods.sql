-- A period counts in the month that it ends with.
with periods as (
    select * from {{ ref('stg_reference__periods') }}
),

months as (
    select * from {{ ref('int_months') }}
)

select
    periods.period,
    periods.frequency,
    periods.period_start,
    periods.period_end,
    periods.month,
    row_number() over (partition by periods.frequency order by periods.month) as period_no
from periods
inner join months
    on periods.month = months.month
