-- The target of a round of inspection of newly formed models in each month (T11): where the month's V01 is not there, there may have been any number.
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

rounds as (
    select * from {{ ref('int_model_inspection_rounds') }}
)

select
    'T11' as target_id,
    'rounds' as counted,
    windows.month,
    {{ province_code() }} as unit_code,
    targets.level = 'province' as is_target_unit,
    false as is_share,
    rounds.rounds as value,
    rounds.rounds as numerator,
    case when rounds.month is null then 0 else 1 end as denominator,
    1 as units,
    coalesce(rounds.rounds, 0) as lowest,
    coalesce(rounds.rounds, 1000000) as highest,
    cast(null as double) as ceiling
from windows
inner join targets
    on targets.target_id = 'T11' and {{ is_valid_on('windows.month_end', 'targets') }}
left join rounds
    on windows.month = rounds.month
