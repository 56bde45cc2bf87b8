-- The random part of the plan, quarter by quarter: half of the capacity, spread evenly over the quarter's months. Every district has one turn a
-- quarter, and what is left goes to those with the most communes. A district's communes stand in an order drawn once and are taken in turn, from
-- quarter to quarter, so none comes again before all others have been visited. All rests on the units as they are before the quarter begins.
with months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural and district_code is not null
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
        cast(floor(windows.inspection_communes_per_month / 2.0) as integer) as draws_per_month,
        3 * cast(floor(windows.inspection_communes_per_month / 2.0) as integer) as draws,
        communes.district_code,
        count(*) as communes,
        count(*) over (partition by quarters.quarter_start) as districts,
        row_number() over (
            partition by quarters.quarter_start order by {{ uniform(["'inspection_plan'", 'communes.district_code']) }}
        ) - 1 as turn,
        row_number() over (
            partition by quarters.quarter_start order by count(*) desc, {{ uniform(["'inspection_plan'", 'communes.district_code']) }}
        ) - 1 as turn_by_size
    from quarters
    inner join windows
        on quarters.design_month = windows.month
    inner join communes
        on quarters.design_month = communes.month
    group by quarters.quarter_start, quarters.quarter_no, windows.inspection_communes_per_month, communes.district_code
),

-- with fewer draws than districts, those that come first change from quarter to quarter
turns as (
    select
        *,
        (turn + (case when draws < districts then (quarter_no - 1) * draws else 0 end)) % districts as first_slot
    from designs
),

slots as (
    select
        turns.quarter_start,
        turns.district_code,
        turns.communes,
        turns.districts,
        turns.draws,
        numbers.n as slot,
        count(*) over (partition by turns.district_code order by turns.quarter_start, numbers.n rows between unbounded preceding and current row) - 1
            as turn_so_far,
        count(*) over (partition by turns.quarter_start, turns.district_code) as turns_in_quarter
    from turns
    inner join ({{ numbers_below(1000) }}) as numbers
        on
            numbers.n < turns.draws
            and (
                numbers.n = turns.first_slot
                or (numbers.n >= turns.districts and (numbers.n - turns.districts) % turns.districts = turns.turn_by_size)
            )
),

ordered_communes as (
    select
        quarters.quarter_start,
        communes.district_code,
        communes.commune_code,
        row_number() over (
            partition by quarters.quarter_start, communes.district_code
            order by {{ uniform(["'inspection_plan'", 'communes.commune_code']) }}
        ) - 1 as place
    from quarters
    inner join communes
        on quarters.design_month = communes.month
)

select
    slots.quarter_start,
    {{ add_months('slots.quarter_start', 'cast(min(slots.slot) % 3 as integer)') }} as month,
    slots.district_code,
    ordered_communes.commune_code,
    min(slots.slot) as slot,
    least(cast(max(slots.turns_in_quarter) as double) / max(slots.communes), 1) * least(cast(max(slots.draws) as double) / max(slots.districts), 1)
        as inclusion_probability
from slots
inner join ordered_communes
    on
        slots.quarter_start = ordered_communes.quarter_start
        and slots.district_code = ordered_communes.district_code
        and slots.turn_so_far % slots.communes = ordered_communes.place
group by slots.quarter_start, slots.district_code, ordered_communes.commune_code
