{%- set components = ['criteria_level', 'criteria_gain', 'new_models', 'new_establishments', 'tasks_on_time', 'reports_on_time'] -%}
with districts as (
    select * from {{ ref('int_districts_at_month') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select * from {{ ref('commune_months') }}
),

models as (
    select * from {{ ref('int_commune_models') }}
),

establishments as (
    select * from {{ ref('int_commune_establishments') }}
),

tasks as (
    select * from {{ ref('int_owner_tasks') }}
),

reports as (
    select * from {{ ref('int_reporter_reports') }}
),

weights as (
    select * from {{ ref('stg_reference__leadership_index_weights') }}
),

-- the same commune, criteria set and unbroken history as last December
criteria as (
    select
        communes.month,
        communes.district_code,
        avg(communes.criteria_met_latest) as criteria_level,
        avg(communes.criteria_met_latest - december.criteria_met_latest) as criteria_gain
    from communes
    inner join windows
        on communes.month = windows.month
    left join communes as december
        on
            december.month = {{ add_months('windows.year_start', -1) }}
            and communes.commune_code = december.commune_code
            and communes.criteria_set_id = december.criteria_set_id
            and communes.comparable_since_on is not distinct from december.comparable_since_on
    group by communes.month, communes.district_code
),

new_models as (
    select
        month,
        district_code,
        avg(3 * models_large_new_ytd + 2 * models_medium_new_ytd + models_small_new_ytd) as new_models
    from models
    group by month, district_code
),

new_establishments as (
    select
        month,
        district_code,
        avg(enterprises_new_ytd + cooperatives_new_ytd) as new_establishments
    from establishments
    group by month, district_code
),

reports_of_year as (
    select
        windows.month,
        reports.reporter_code,
        sum(reports.reports_on_time) as reports_on_time,
        sum(reports.reports_expected) as reports_expected
    from windows
    inner join reports
        on reports.month >= windows.year_start and reports.month <= windows.month
    group by windows.month, reports.reporter_code
),

measured as (
    select
        districts.month,
        districts.district_code,
        criteria.criteria_level,
        criteria.criteria_gain,
        new_models.new_models,
        new_establishments.new_establishments,
        cast(tasks.tasks_done_on_time as double) / nullif(tasks.tasks_due, 0) as tasks_on_time,
        cast(reports_of_year.reports_on_time as double) / nullif(reports_of_year.reports_expected, 0) as reports_on_time
    from districts
    left join criteria
        on districts.month = criteria.month and districts.district_code = criteria.district_code
    left join new_models
        on districts.month = new_models.month and districts.district_code = new_models.district_code
    left join new_establishments
        on districts.month = new_establishments.month and districts.district_code = new_establishments.district_code
    left join tasks
        on districts.month = tasks.month and districts.district_code = tasks.owner_code
    left join reports_of_year
        on districts.month = reports_of_year.month and districts.district_code = reports_of_year.reporter_code
),

-- one row per district, month and component in force
components as (
    select
        measured.month,
        measured.district_code,
        weights.component,
        weights.weight as nominal_weight,
        cast(case weights.component
            {% for component in components %}
            when '{{ component }}' then measured.{{ component }}
            {% endfor %}
        end as double) as raw_value
    from measured
    inner join windows
        on measured.month = windows.month
    inner join weights
        on {{ is_valid_on('windows.month_end', 'weights') }}
),

normalised as (
    select
        *,
        case
            when raw_value is null then null
            when component = 'criteria_level' then raw_value / 19 * 100
            when component in ('tasks_on_time', 'reports_on_time') then raw_value * 100
            when max(raw_value) over in_month = min(raw_value) over in_month then 50
            else (raw_value - min(raw_value) over in_month) / (max(raw_value) over in_month - min(raw_value) over in_month) * 100
        end as normalised_value
    from components
    window in_month as (partition by month, component)
),

-- what is unknown is left out, and the other weights are scaled up to 1
weighted as (
    select
        *,
        -- rounded, so that the order in which a sum took its terms shows nowhere
        round(
            case when normalised_value is not null then nominal_weight else 0 end
            / nullif(sum(case when normalised_value is not null then nominal_weight else 0 end) over (partition by month, district_code), 0), 12
        ) as weight
    from normalised
),

indexed as (
    select
        month,
        district_code,
        round(sum(weight * normalised_value), 9) as index_value
    from weighted
    group by month, district_code
),

ranked as (
    select
        month,
        district_code,
        index_value,
        rank() over (partition by month order by index_value desc) as rank
    from indexed
    where index_value is not null
),

-- how far the rank moves when the weights are not quite these: 1,000 draws, each weight by up to a quarter more or less; fewer where there are
-- many districts to rank in each, 100 for the 700 of a country
draws as (
    select
        numbers.n as draw,
        weights.component,
        weights.valid_from,
        weights.valid_to,
        weights.weight * (0.75 + 0.5 * {{ uniform(["'leadership_index'", 'numbers.n', 'weights.component']) }}) as drawn_weight
    from ({{ numbers_below(1000) }}) as numbers
    cross join weights
    where numbers.n < (select 70000 / greatest(count(distinct districts.district_code), 70) from districts)
),

-- one row per draw and month, one per district and month: each with its components side by side
drawn_weights as (
    select
        windows.month,
        draws.draw,
        {% for component in components %}
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
        district_code,
        {% for component in components %}
        max(case when component = '{{ component }}' then normalised_value end) as {{ component }}{{ "," if not loop.last }}
        {% endfor %}
    from normalised
    where normalised_value is not null
    group by month, district_code
),

drawn as (
    select
        reported.month,
        reported.district_code,
        drawn_weights.draw,
        ({% for component in components %}coalesce(drawn_weights.{{ component }} * reported.{{ component }}, 0){{ " + " if not loop.last }}{% endfor %})
        / ({% for component in components %}case when reported.{{ component }} is null then 0 else coalesce(drawn_weights.{{ component }}, 0) end{{ " + " if not loop.last }}{% endfor %})
            as index_value
    from normalised_values as reported
    inner join drawn_weights
        on reported.month = drawn_weights.month
),

drawn_ranks as (
    select
        month,
        district_code,
        rank() over (partition by month, draw order by round(index_value, 9) desc) as rank
    from drawn
),

spreads as (
    select
        month,
        district_code,
        percentile_disc(0.05) within group (order by rank) as rank_low,
        percentile_disc(0.95) within group (order by rank) as rank_high
    from drawn_ranks
    group by month, district_code
)

select
    weighted.month,
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
    weighted.nominal_weight
from weighted
left join ranked
    on weighted.month = ranked.month and weighted.district_code = ranked.district_code
left join spreads
    on weighted.month = spreads.month and weighted.district_code = spreads.district_code
