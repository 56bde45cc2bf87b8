-- Each target's value for each unit and month, and whether it is met: unknown only if the units of which nothing is known could change that.
-- Targets that count communes are measured for the province and for each district, whichever of them the target is set for (`is_target_unit`).
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('stg_reference__targets') }}
),

bounds as (
    {% for kind in ['commune', 'office', 'report', 'round'] %}
    select
        target_id,
        month,
        unit_code,
        is_target_unit,
        is_share,
        value,
        numerator,
        denominator,
        units,
        lowest,
        highest,
        ceiling
    from {{ ref('int_target_' ~ kind ~ '_bounds') }}
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    bounds.target_id,
    bounds.month,
    windows.month_end,
    bounds.unit_code,
    -- a target of another level or unit than its id has a metric for is not measured at all
    bounds.is_target_unit and bounds.is_share = (targets.unit = '%') as is_target_unit,
    cast(bounds.value as double) as value,
    bounds.numerator,
    bounds.denominator,
    bounds.units,
    bounds.ceiling,
    targets.operator,
    targets.unit,
    targets.target_value,
    targets.deadline,
    targets.notice_item,
    case targets.operator
        when '>=' then case when bounds.lowest >= targets.target_value then true when bounds.highest < targets.target_value then false end
        when '<=' then case when bounds.highest <= targets.target_value then true when bounds.lowest > targets.target_value then false end
    end as is_met,
    cast(case targets.operator when '>=' then targets.target_value - bounds.value when '<=' then bounds.value - targets.target_value end as double)
        as gap
from bounds
inner join windows
    on bounds.month = windows.month
inner join targets
    on bounds.target_id = targets.target_id
