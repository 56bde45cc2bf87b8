-- The random part of the plan, quarter by quarter: half of the capacity, spread evenly over the quarter's months. Every reporter
-- (a district, or a commune that reports for itself) has one turn a quarter, and what is left goes to those with the most communes. A reporter's
-- communes stand in an order drawn once and are taken in turn, from quarter to quarter, so none comes again before all others have been visited.
-- All rests on the units as they are before the quarter begins.
with months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select
        communes_at_month.month,
        communes_at_month.commune_code,
        reported_units.reporter_code
    from {{ ref('int_communes_at_month') }} as communes_at_month
    inner join {{ ref('int_reported_units') }} as reported_units
        on
            communes_at_month.commune_code = reported_units.unit_code
            and {{ is_valid_on('communes_at_month.month_end', 'reported_units') }}
            and reported_units.form = 'H01'
    where communes_at_month.is_rural
),

-- a plan is made for the month after each one known; a quarter is laid out by the last month known before it begins
planned as (
    select distinct cast(date_trunc('quarter', {{ add_months('month', 1) }}) as date) as quarter_start
    from months
),

quarters as (
    select
        quarter_start,
        greatest({{ add_months('quarter_start', -1) }}, (select min(months.month) from months)) as design_month,
        row_number() over (order by quarter_start) as quarter_no
    from planned
),

designs as (
    select
        quarters.quarter_start,
        quarters.quarter_no,
        cast(floor(windows.inspection_communes_per_month / 2e0) as integer) as draws_per_month,
        3 * cast(floor(windows.inspection_communes_per_month / 2e0) as integer) as draws,
        communes.reporter_code,
        count(*) as communes,
        count(*) over (partition by quarters.quarter_start) as reporters,
        row_number() over (
            partition by quarters.quarter_start order by {{ uniform(["'inspection_plan'", 'communes.reporter_code']) }}
        ) - 1 as turn,
        row_number() over (
            partition by quarters.quarter_start order by count(*) desc, {{ uniform(["'inspection_plan'", 'communes.reporter_code']) }}
        ) - 1 as turn_by_size
    from quarters
    inner join windows
        on quarters.design_month = windows.month
    inner join communes
        on quarters.design_month = communes.month
    group by quarters.quarter_start, quarters.quarter_no, windows.inspection_communes_per_month, communes.reporter_code
),

-- with fewer draws than reporters, those that come first change from quarter to quarter
turns as (
    select
        *,
        (turn + (case when draws < reporters then (quarter_no - 1) * draws else 0 end)) % reporters as first_slot
    from designs
),

slots as (
    select
        turns.quarter_start,
        turns.reporter_code,
        turns.communes,
        turns.reporters,
        turns.draws,
        numbers.n as slot,
        count(*) over (partition by turns.reporter_code order by turns.quarter_start, numbers.n rows between unbounded preceding and current row) - 1
            as turn_so_far,
        count(*) over (partition by turns.quarter_start, turns.reporter_code) as turns_in_quarter
    from turns
    inner join ({{ numbers_below(1000) }}) as numbers
        on
            numbers.n < turns.draws
            and (
                numbers.n = turns.first_slot
                or (numbers.n >= turns.reporters and (numbers.n - turns.reporters) % turns.reporters = turns.turn_by_size)
            )
),

ordered_communes as (
    select
        quarters.quarter_start,
        communes.reporter_code,
        communes.commune_code,
        row_number() over (
            partition by quarters.quarter_start, communes.reporter_code
            order by {{ uniform(["'inspection_plan'", 'communes.commune_code']) }}
        ) - 1 as place
    from quarters
    inner join communes
        on quarters.design_month = communes.month
)

select
    slots.quarter_start,
    {{ add_months('slots.quarter_start', 'cast(min(slots.slot) % 3 as integer)') }} as month,
    slots.reporter_code,
    ordered_communes.commune_code,
    min(slots.slot) as slot,
    least(cast(max(slots.turns_in_quarter) as double) / max(slots.communes), 1) * least(cast(max(slots.draws) as double) / max(slots.reporters), 1)
        as inclusion_probability
from slots
inner join ordered_communes
    on
        slots.quarter_start = ordered_communes.quarter_start
        and slots.reporter_code = ordered_communes.reporter_code
        and slots.turn_so_far % slots.communes = ordered_communes.place
group by slots.quarter_start, slots.reporter_code, ordered_communes.commune_code
