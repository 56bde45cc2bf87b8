-- Each target's value for each unit and month, and whether it is met: unknown only if the units of which nothing is known could change that. Where
-- nothing is due (no value, and nothing unknown that could give one), it is neither met nor not.
-- Targets that count communes are measured for the province and for each district, whichever of them the target is set for (`is_target_unit`).
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

bounds as (
    {% for kind in ['commune', 'office', 'report', 'round'] %}
    select
        target_id,
        counted,
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
),

measures as (
    select
        bounds.*,
        windows.month_end,
        targets.name_vi as target_name_vi,
        targets.name_en as target_name_en,
        targets.operator,
        targets.unit,
        targets.target_value,
        targets.deadline,
        targets.notice_item,
        bounds.value is null and bounds.lowest = bounds.highest as is_nothing_due,
        case targets.operator
            when '>=' then case when bounds.lowest >= targets.target_value then true when bounds.highest < targets.target_value then false end
            when '<=' then case when bounds.highest <= targets.target_value then true when bounds.lowest > targets.target_value then false end
        end as is_fulfilled
    from bounds
    inner join windows
        on bounds.month = windows.month
    inner join targets
        on bounds.target_id = targets.target_id and {{ is_valid_on('windows.month_end', 'targets') }}
)

select
    target_id,
    counted,
    target_name_vi,
    target_name_en,
    month,
    month_end,
    unit_code,
    -- a target of another level or unit than its id has a metric for is not measured at all
    is_target_unit and is_share = (unit = '%') as is_target_unit,
    cast(value as double) as value,
    numerator,
    denominator,
    units,
    ceiling,
    operator,
    unit,
    target_value,
    deadline,
    notice_item,
    case when not is_nothing_due then is_fulfilled end as is_met,
    case
        when is_nothing_due then 'nothing_due'
        when is_fulfilled then 'met'
        when not is_fulfilled then 'not_met'
        else 'unknown'
    end as state,
    cast(case operator when '>=' then target_value - value when '<=' then value - target_value end as double) as gap
from measures
