-- The time spine of dbt's semantic layer: each day of a month for which reports are owed.
with months as (
    select
        min(month) as first_month,
        {{ add_months('max(month)', 1) }} as end_month
    from {{ ref('int_months') }}
),

numbers as (
    {{ numbers_below(36525) }}
)

select {{ add_days('months.first_month', 'numbers.n') }} as date_day
from months
inner join numbers
    on numbers.n < {{ days_between('months.first_month', 'months.end_month') }}
