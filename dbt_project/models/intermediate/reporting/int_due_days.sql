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

-- a due day that no office works on moves to the first working day from it on: the first after the day before it
nominal as (
    select
        rules.due_days,
        rules.due_in,
        rules.non_working_day,
        periods.period,
        {{ add_days('periods.period_end', 'rules.due_days') }} as nominal_due_on,
        case
            when rules.due_in = 'working_days' then periods.period_end
            when rules.non_working_day = 'next_working_day' then {{ add_days('periods.period_end', 'rules.due_days - 1') }}
        end as counted_from,
        case when rules.due_in = 'working_days' then rules.due_days else 1 end as working_days
    from rules
    inner join periods
        on rules.frequency = periods.frequency
),

counts as (
    select distinct
        counted_from,
        working_days
    from nominal
    where counted_from is not null
),

-- no run of days off is longer than 30
counted_days as (
    select
        counts.counted_from,
        counts.working_days,
        {{ add_days('counts.counted_from', 'ahead.n') }} as counted_on
    from counts
    inner join ({{ numbers_below(800) }}) as ahead
        on ahead.n > 0 and ahead.n <= 2 * counts.working_days + 30
    left join holidays
        on holidays.holiday_on = {{ add_days('counts.counted_from', 'ahead.n') }}
    where
        holidays.holiday_on is null
        and not {{ is_weekend(add_days('counts.counted_from', 'ahead.n')) }}
    qualify row_number() over (partition by counts.counted_from, counts.working_days order by ahead.n) = counts.working_days
)

select
    nominal.period,
    nominal.due_days,
    nominal.due_in,
    nominal.non_working_day,
    coalesce(counted_days.counted_on, nominal.nominal_due_on) as due_on
from nominal
left join counted_days
    on nominal.counted_from = counted_days.counted_from and nominal.working_days = counted_days.working_days
