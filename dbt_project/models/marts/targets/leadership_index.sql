with components as (
    select * from {{ ref('int_leadership_components') }}
),

spreads as (
    select * from {{ ref('int_leadership_rank_spread') }}
),

-- what is unknown is left out, and the other weights are scaled up to 1
weighted as (
    select
        *,
        -- rounded, so that the order in which a sum took its terms shows nowhere
        round(
            case when normalised_value is not null then nominal_weight else 0 end
            / nullif(sum(case when normalised_value is not null then nominal_weight else 0 end) over (partition by month, unit_code), 0), 12
        ) as weight
    from components
),

indexed as (
    select
        month,
        unit_code,
        unit_level,
        round(sum(weight * normalised_value), 9) as index_value
    from weighted
    group by month, unit_code, unit_level
),

ranked as (
    select
        month,
        unit_code,
        index_value,
        rank() over (partition by month, unit_level order by index_value desc) as rank
    from indexed
    where index_value is not null
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

labels as (
    select * from {{ ref('stg_reference__labels') }}
)

select
    weighted.month,
    weighted.unit_code,
    weighted.unit_level,
    weighted.district_code,
    weighted.component,
    weighted.raw_value,
    cast(weighted.normalised_value as double) as normalised_value,
    cast(weighted.weight as double) as weight,
    cast(weighted.weight * coalesce(weighted.normalised_value, 0) as double) as contribution,
    cast(ranked.index_value as double) as index_value,
    cast(ranked.rank as integer) as rank,
    cast(spreads.rank_low as integer) as rank_low,
    cast(spreads.rank_high as integer) as rank_high,
    weighted.normalised_value is null as is_left_out,
    weighted.nominal_weight,
    months.month_label_vi,
    case when weighted.unit_level = 'district' then units.unit_name end as district_name,
    case when weighted.unit_level = 'district' then units.unit_short_name end as district_short_name,
    units.unit_name,
    units.unit_short_name,
    labels.label_vi as component_label_vi,
    labels.label_en as component_label_en
from weighted
left join ranked
    on weighted.month = ranked.month and weighted.unit_code = ranked.unit_code
left join spreads
    on weighted.month = spreads.month and weighted.unit_code = spreads.unit_code
left join units
    on weighted.unit_code = units.unit_code
left join months
    on weighted.month = months.month
left join labels
    on 'component.' || weighted.component = labels.code
