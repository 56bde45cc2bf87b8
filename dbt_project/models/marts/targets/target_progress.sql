with projections as (
    select * from {{ ref('int_target_projections') }}
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    projections.target_id,
    projections.target_name_vi,
    projections.target_name_en,
    projections.month,
    projections.unit_code,
    projections.value,
    cast(projections.numerator as integer) as numerator,
    cast(projections.denominator as integer) as denominator,
    cast(projections.denominator as double) / nullif(projections.units, 0) as coverage,
    projections.target_value,
    projections.deadline,
    projections.is_met,
    projections.state,
    projections.gap,
    coalesce(projections.month_end > projections.deadline, false) and projections.state in ('not_met', 'unknown') as is_overdue,
    projections.projected_value,
    projections.projected_low,
    projections.projected_high,
    cast(projections.units as integer) as units,
    months.month_label_vi,
    units.unit_name,
    units.unit_short_name,
    units.unit_level
from projections
left join months
    on projections.month = months.month
left join units
    on projections.unit_code = units.unit_code
