-- How far the rank moves when the weights are not quite these: 1,000 draws, each weight by up to a quarter more or less; fewer where there are
-- many units to rank in each, 100 for the 700 districts of a country.
with components as (
    select * from {{ ref('int_leadership_components') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

weights as (
    select * from {{ ref('stg_reference__leadership_index_weights') }}
),

draws as (
    select
        numbers.n as draw,
        weights.component,
        weights.valid_from,
        weights.valid_to,
        weights.weight * (0.75 + 0.5 * {{ uniform(["'leadership_index'", 'numbers.n', 'weights.component']) }}) as drawn_weight
    from ({{ numbers_below(1000) }}) as numbers
    cross join weights
    where numbers.n < (select 70000 / greatest(count(distinct components.unit_code), 70) from components)
),

-- one row per draw and month, one per unit and month: each with its components side by side
drawn_weights as (
    select
        windows.month,
        draws.draw,
        {% for component in leadership_components() %}
        sum(case when draws.component = '{{ component }}' then draws.drawn_weight end) as {{ component }}{{ "," if not loop.last }}
        {% endfor %}
    from windows
    inner join draws
        on {{ is_valid_on('windows.month_end', 'draws') }}
    group by windows.month, draws.draw
),

normalised_values as (
    select
        month,
        unit_code,
        unit_level,
        {% for component in leadership_components() %}
        max(case when component = '{{ component }}' then normalised_value end) as {{ component }}{{ "," if not loop.last }}
        {% endfor %}
    from components
    where normalised_value is not null
    group by month, unit_code, unit_level
),

drawn as (
    select
        reported.month,
        reported.unit_code,
        reported.unit_level,
        drawn_weights.draw,
        ({% for component in leadership_components() %}coalesce(drawn_weights.{{ component }} * reported.{{ component }}, 0){{ " + " if not loop.last }}{% endfor %})
        / ({% for component in leadership_components() %}case when reported.{{ component }} is null then 0 else coalesce(drawn_weights.{{ component }}, 0) end{{ " + " if not loop.last }}{% endfor %})
            as index_value
    from normalised_values as reported
    inner join drawn_weights
        on reported.month = drawn_weights.month
),

drawn_ranks as (
    select
        month,
        unit_code,
        rank() over (partition by month, unit_level, draw order by round(index_value, 9) desc) as rank
    from drawn
)

select
    month,
    unit_code,
    percentile_disc(0.05) within group (order by rank) as rank_low,
    percentile_disc(0.95) within group (order by rank) as rank_high
from drawn_ranks
group by month, unit_code
