-- The communes to be visited in each month: half of the capacity drawn at random, the rest by risk, so that every district is seen in a quarter, a
-- new model whenever one is known, and no commune again before its months of rest are over.
with windows as (
    select
        *,
        {{ add_months('month', 1) }} as plan_month
    from {{ ref('int_month_windows') }}
),

risks as (
    select * from {{ ref('int_inspection_risks') }}
),

draws as (
    select * from {{ ref('int_inspection_draws') }}
),

-- each commune's turn in the risk part comes once in the months of rest, so that no plan needs to know the ones before it
turns as (
    select
        risks.*,
        windows.plan_month as month,
        cast(date_trunc('quarter', windows.plan_month) as date) as quarter_start,
        windows.month_end as known_on,
        windows.inspection_communes_per_month as capacity,
        windows.inspection_rest_months as rest_months,
        (
            cast(floor({{ uniform(["'inspection_plan/turn'", 'risks.commune_code']) }} * windows.inspection_rest_months) as integer)
            + {{ month_number('windows.plan_month') }}
        ) % windows.inspection_rest_months = 0 as is_turn,
        {{ uniform(["'inspection_plan/tie'", 'windows.plan_month', 'risks.commune_code']) }} as tie
    from risks
    inner join windows
        on risks.known_month = windows.month
),

-- drawn at random in this month, or in one so near that the commune should rest (the quarter's draws are known before it begins)
drawn as (
    select
        turns.month,
        turns.commune_code,
        max(case when draws.month = turns.month then draws.inclusion_probability end) as inclusion_probability,
        max(case when draws.month = turns.month then draws.slot end) as slot
    from turns
    inner join draws
        on
            turns.commune_code = draws.commune_code
            and draws.quarter_start <= turns.quarter_start
            and abs({{ months_between('draws.month', 'turns.month') }}) < turns.rest_months
    group by turns.month, turns.commune_code
),

-- districts that have no draw in the quarter (new ones, or more than there are draws) are visited in its last month
uncovered as (
    select distinct
        turns.month,
        turns.district_code
    from turns
    where
        turns.district_code is not null
        and month(turns.month) % 3 = 0
        and not exists (
            select 1
            from draws
            inner join turns as visited
                on draws.commune_code = visited.commune_code
            where
                draws.quarter_start = turns.quarter_start
                and visited.month = turns.month
                and visited.district_code = turns.district_code
        )
),

candidates as (
    select
        turns.*,
        drawn.inclusion_probability,
        drawn.slot,
        drawn.commune_code is not null as is_at_rest,
        uncovered.district_code is not null
        and row_number() over (
            partition by turns.month, turns.district_code
            order by drawn.commune_code is not null, turns.is_turn desc, turns.risk_score desc, turns.tie
        ) = 1 as is_for_district,
        turns.models_new > 0
        and row_number() over (
            partition by turns.month
            order by
                turns.models_new > 0 desc, drawn.commune_code is not null, turns.is_turn desc, turns.risk_score desc, turns.tie
        ) = 1 as is_for_new_model
    from turns
    left join drawn
        on turns.month = drawn.month and turns.commune_code = drawn.commune_code
    left join uncovered
        on turns.month = uncovered.month and turns.district_code = uncovered.district_code
),

random_part as (
    select
        *,
        'random' as part,
        row_number() over (partition by month order by slot) as draw_no
    from candidates
    where slot is not null
),

draws_in_month as (
    select
        month,
        count(slot) as draws
    from candidates
    group by month
),

risk_part as (
    select
        candidates.*,
        'risk' as part,
        row_number() over (
            partition by candidates.month
            order by
                case when candidates.is_for_district then 0 when candidates.is_for_new_model then 1 else 2 end,
                candidates.risk_score desc,
                candidates.tie
        ) + draws_in_month.draws as draw_no
    from candidates
    inner join draws_in_month
        on candidates.month = draws_in_month.month
    where
        candidates.slot is null
        and (candidates.is_for_district or candidates.is_for_new_model or (candidates.is_turn and not candidates.is_at_rest))
),

visits as (
    select * from random_part
    union all
    select * from risk_part
    where draw_no <= capacity
),

spaced as (
    select
        *,
        coalesce(
            {{ months_between('lag(month) over (partition by commune_code order by month)', 'month') }} < rest_months,
            false
        ) as is_repeat
    from visits
)

select
    month,
    commune_code,
    commune_name,
    reporter_code as unit_code,
    case when reporter_code = commune_code then 'commune' else 'district' end as unit_level,
    district_code,
    part,
    draw_no,
    inclusion_probability,
    is_for_district,
    is_for_new_model,
    is_repeat,
    rest_months,
    known_month,
    known_on,
    risk_score,
    criteria_met,
    criteria_gained,
    criteria_disputed,
    findings,
    is_weak,
    months_since_visit
from spaced
