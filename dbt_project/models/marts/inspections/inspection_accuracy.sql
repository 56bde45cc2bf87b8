with windows as (
    select * from {{ ref('int_month_windows') }}
),

inspections as (
    select
        month,
        inspected_on,
        commune_code,
        district_code,
        item_kind,
        coalesce(plan_part, 'unplanned') as part,
        case when is_confirmed then 1e0 else 0e0 end as confirmed,
        -- an item drawn at random stands for all those that might have been drawn in its place
        case when plan_part = 'random' then 1e0 / item_probability else 1e0 end as weight
    from {{ ref('fct_inspections') }}
    where is_confirmed is not null and inspected_on is not null and district_code is not null
),

-- the twelve months up to each month
looked_at as (
    select
        windows.month,
        inspections.part,
        inspections.item_kind,
        inspections.district_code,
        inspections.commune_code,
        inspections.confirmed,
        inspections.weight
    from windows
    inner join inspections
        on
            inspections.inspected_on <= windows.month_end
            and inspections.inspected_on > windows.year_before_end
),

-- a commune is one visit or several: its items are like each other, so it counts as one draw
by_commune as (
    select
        month,
        part,
        coalesce(item_kind, 'all') as item_kind,
        coalesce(district_code, {{ province_code() }}) as unit_code,
        commune_code,
        count(*) as items,
        sum(confirmed) as items_confirmed,
        sum(weight) as weight,
        sum(weight * weight) as squared_weight,
        sum(weight * confirmed) as weight_confirmed
    from looked_at
    group by
        grouping sets (
            (month, part, item_kind, district_code, commune_code),
            (month, part, item_kind, commune_code),
            (month, part, district_code, commune_code),
            (month, part, commune_code)
        )
),

shares as (
    select
        *,
        -- Hájek: a ratio of two Horvitz-Thompson sums, so that it stays within 0..1
        sum(weight_confirmed) over in_cell / sum(weight) over in_cell as share,
        sum(weight) over in_cell as total_weight,
        count(*) over in_cell as communes
    from by_commune
    window in_cell as (partition by month, part, item_kind, unit_code)
),

-- the variance of the ratio between communes (Taylor), and from it how many independent items the visits were worth
measured as (
    select
        month,
        unit_code,
        item_kind,
        part,
        max(communes) as communes,
        sum(items) as items,
        sum(items_confirmed) as items_confirmed,
        max(share) as share,
        max(total_weight) * max(total_weight) / sum(squared_weight) as items_by_weight,
        max(communes) / nullif(max(communes) - 1e0, 0) * sum(power(weight_confirmed - share * weight, 2)) / power(max(total_weight), 2) as variance
    from shares
    group by month, unit_code, item_kind, part
),

effective as (
    select
        *,
        case
            when variance > 1e-12 then greatest(least(share * (1 - share) / variance, items_by_weight), 1)
            else items_by_weight
        end as items_effective
    from measured
),

units as (
    select * from {{ ref('dim_unit_current') }}
)

select
    effective.month,
    effective.unit_code,
    units.unit_name,
    units.unit_short_name,
    effective.item_kind,
    effective.part,
    cast(effective.communes as integer) as communes_inspected,
    cast(effective.items as integer) as items_inspected,
    cast(effective.items_confirmed as integer) as items_confirmed,
    cast(round(effective.share, 9) as double) as accuracy,
    cast(round({{ wilson('effective.share', 'effective.items_effective', '-') }}, 9) as double) as accuracy_low,
    cast(round({{ wilson('effective.share', 'effective.items_effective', '+') }}, 9) as double) as accuracy_high,
    cast(round(effective.items_effective, 9) as double) as items_effective,
    effective.part = 'random' as is_for_all
from effective
left join units
    on effective.unit_code = units.unit_code
