-- By which day a report of a period is due, for each way in which rules count.
with rules as (
    select distinct
        frequency,
        due_days,
        due_in,
        non_working_day
    from {{ ref('int_reporting_duties') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

holidays as (
    select * from {{ ref('stg_reference__holidays') }}
),

nominal as (
    select
        rules.due_days,
        rules.due_in,
        rules.non_working_day,
        periods.period,
        periods.period_end,
        {{ add_days('periods.period_end', 'rules.due_days') }} as nominal_due_on
    from rules
    inner join periods
        on rules.frequency = periods.frequency
),

-- no run of days off is longer than this
days_ahead as (
    {{ numbers_below(30) }}
),

nominal_days as (
    select distinct nominal_due_on
    from nominal
    where non_working_day = 'next_working_day' and due_in = 'days'
),

working_days as (
    select
        nominal_days.nominal_due_on,
        min({{ add_days('nominal_days.nominal_due_on', 'days_ahead.n') }}) as working_on
    from nominal_days
    cross join days_ahead
    left join holidays
        on holidays.holiday_on = {{ add_days('nominal_days.nominal_due_on', 'days_ahead.n') }}
    where
        holidays.holiday_on is null
        and not {{ is_weekend(add_days('nominal_days.nominal_due_on', 'days_ahead.n')) }}
    group by nominal_days.nominal_due_on
),

-- days counted without those on which no office works
counted_days as (
    select
        ends.period_end,
        ends.due_days,
        {{ add_days('ends.period_end', 'ahead.n') }} as counted_on
    from (select distinct period_end, due_days from nominal where due_in = 'working_days') as ends
    inner join ({{ numbers_below(800) }}) as ahead
        on ahead.n > 0 and ahead.n <= 2 * ends.due_days + 30
    left join holidays
        on holidays.holiday_on = {{ add_days('ends.period_end', 'ahead.n') }}
    where
        holidays.holiday_on is null
        and not {{ is_weekend(add_days('ends.period_end', 'ahead.n')) }}
    qualify row_number() over (partition by ends.period_end, ends.due_days order by ahead.n) = ends.due_days
)

select
    nominal.period,
    nominal.due_days,
    nominal.due_in,
    nominal.non_working_day,
    coalesce(
        case when nominal.due_in = 'working_days' then counted_days.counted_on end,
        case when nominal.due_in = 'days' and nominal.non_working_day = 'next_working_day' then working_days.working_on end,
        nominal.nominal_due_on
    ) as due_on
from nominal
left join working_days
    on nominal.nominal_due_on = working_days.nominal_due_on
left join counted_days
    on nominal.period_end = counted_days.period_end and nominal.due_days = counted_days.due_days
