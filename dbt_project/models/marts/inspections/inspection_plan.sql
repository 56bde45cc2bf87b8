with months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural and district_code is not null
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

-- districts in an order drawn anew each quarter; the months of the quarter take them in turn, over and over
districts as (
    select
        communes.month,
        months.quarter,
        windows.inspection_communes_per_month as capacity,
        communes.district_code,
        count(*) as communes,
        row_number() over (
            partition by communes.month order by {{ uniform(["'inspection_plan'", 'months.quarter', 'communes.district_code']) }}
        ) as turn,
        count(*) over (partition by communes.month) as districts
    from communes
    inner join months
        on communes.month = months.month
    inner join windows
        on communes.month = windows.month
    group by communes.month, months.quarter, windows.inspection_communes_per_month, communes.district_code
),

-- half of the month's capacity is drawn at random; slots run through the quarter, so each district has its turn in it
slots as (
    select
        months.month,
        numbers.n as slot_no,
        cast(((month(months.month) - 1) % 3) * floor(windows.inspection_communes_per_month / 2.0) as integer) + numbers.n as quarter_slot_no
    from months
    inner join windows
        on months.month = windows.month
    inner join ({{ numbers_below(100) }}) as numbers
        on numbers.n < floor(windows.inspection_communes_per_month / 2.0)
),

drawn_districts as (
    select
        slots.month,
        slots.slot_no,
        districts.quarter,
        districts.district_code,
        districts.communes,
        cast(floor(slots.quarter_slot_no / districts.districts) as integer) + 1 as turn_in_quarter,
        cast(floor((3 * floor(districts.capacity / 2.0) - districts.turn) / districts.districts) as integer) + 1 as turns_in_quarter
    from slots
    inner join districts
        on
            slots.month = districts.month
            and slots.quarter_slot_no % districts.districts = districts.turn - 1
),

-- communes of a district in an order drawn anew each quarter: no commune twice in it, as long as the district has enough of them
drawn_communes as (
    select
        communes.month,
        months.quarter,
        communes.commune_code,
        communes.commune_name,
        communes.district_code,
        row_number() over (
            partition by communes.month, communes.district_code
            order by {{ uniform(["'inspection_plan'", 'months.quarter', 'communes.commune_code']) }}
        ) as turn_in_quarter
    from communes
    inner join months
        on communes.month = months.month
),

drawn_criteria as (
    select
        drawn_communes.month,
        drawn_communes.commune_code,
        criteria.criterion_no,
        row_number() over (
            partition by drawn_communes.month, drawn_communes.commune_code
            order by {{ uniform(["'inspection_plan'", 'drawn_communes.month', 'drawn_communes.commune_code', 'criteria.criterion_no']) }}
        ) as criterion_turn
    from drawn_communes
    inner join criteria
        on drawn_communes.month = criteria.month
),

planned_items as (
    select
        drawn_criteria.month,
        drawn_criteria.commune_code,
        {{ joined("lpad(cast(drawn_criteria.criterion_no as varchar), 2, '0')") }} as planned_items
    from drawn_criteria
    inner join windows
        on drawn_criteria.month = windows.month and drawn_criteria.criterion_turn <= windows.inspection_items_per_commune
    group by drawn_criteria.month, drawn_criteria.commune_code
)

select
    drawn_districts.month,
    drawn_communes.commune_code,
    drawn_communes.commune_name,
    drawn_communes.district_code,
    'random' as part,
    cast(drawn_districts.slot_no + 1 as integer) as draw_no,
    'inspection_plan/' || drawn_districts.quarter as plan_seed,
    least(cast(drawn_districts.turns_in_quarter as double) / drawn_districts.communes, 1.0) as inclusion_probability,
    planned_items.planned_items,
    'Chọn ngẫu nhiên trong huyện' as reason_vi,
    'Drawn at random within the district' as reason_en
from drawn_districts
inner join drawn_communes
    on
        drawn_districts.month = drawn_communes.month
        and drawn_districts.district_code = drawn_communes.district_code
        and drawn_districts.turn_in_quarter = drawn_communes.turn_in_quarter
inner join planned_items
    on drawn_communes.month = planned_items.month and drawn_communes.commune_code = planned_items.commune_code
