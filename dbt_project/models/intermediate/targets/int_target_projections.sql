with measures as (
    select * from {{ ref('int_target_measures') }} where is_target_unit
),

known as (
    select
        target_id,
        unit_code,
        month,
        value,
        lag(month) over by_month as previous_month,
        lag(value) over by_month as previous_value
    from measures
    where value is not null
    window by_month as (partition by target_id, unit_code order by month)
),

-- slopes between all pairs of the last six known months: their median is the trend (Theil and Sen), which one odd month does not bend
slopes as (
    select
        measures.target_id,
        measures.month,
        measures.unit_code,
        median((later.value - earlier.value) / {{ months_between('earlier.month', 'later.month') }}) as slope
    from measures
    inner join known as later
        on
            measures.target_id = later.target_id
            and measures.unit_code = later.unit_code
            and later.month <= measures.month
            and later.month > {{ add_months('measures.month', -6) }}
    inner join known as earlier
        on
            later.target_id = earlier.target_id
            and later.unit_code = earlier.unit_code
            and earlier.month < later.month
            and earlier.month > {{ add_months('measures.month', -6) }}
    where measures.month_end <= measures.deadline
    group by measures.target_id, measures.month, measures.unit_code
    having count(*) >= 3
),

-- how far the changes from month to month lie from the trend
spreads as (
    select
        slopes.target_id,
        slopes.month,
        slopes.unit_code,
        slopes.slope,
        count(*) as changes,
        sqrt(
            sum(
                power(
                    known.value - known.previous_value - slopes.slope * {{ months_between('known.previous_month', 'known.month') }}, 2
                ) / {{ months_between('known.previous_month', 'known.month') }}
            ) / (count(*) - 1)
        ) as spread
    from slopes
    inner join known
        on
            slopes.target_id = known.target_id
            and slopes.unit_code = known.unit_code
            and known.month <= slopes.month
            and known.previous_month > {{ add_months('slopes.month', -6) }}
    group by slopes.target_id, slopes.month, slopes.unit_code, slopes.slope
),

ahead as (
    select
        measures.*,
        spreads.slope,
        spreads.changes,
        -- a series that has followed its trend exactly can still miss it by half a unit
        greatest(spreads.spread, 0.5 * coalesce(measures.ceiling / nullif(measures.units, 0), 1)) as spread,
        {{ months_between('measures.month', 'measures.deadline') }} as months_ahead
    from measures
    left join spreads
        on
            measures.target_id = spreads.target_id
            and measures.month = spreads.month
            and measures.unit_code = spreads.unit_code
),

-- each month to come brings 0.85 of the change of the one before it (a damped trend, Gardner and McKenzie): what is easy is done first. The
-- interval is that of a random walk whose drift was estimated from so many changes: 1.28 standard deviations to each side are
-- 80 % of a normal distribution. `make bench` measures both.
damped as (
    select
        *,
        round(value + slope * 0.85 * (1 - power(0.85, months_ahead)) / (1 - 0.85), 9) as unbounded,
        1.28 * spread * sqrt(months_ahead + power(months_ahead, 2) / changes) as half_width
    from ahead
),

projected as (
    select
        *,
        round(unbounded - half_width, 9) as unbounded_low,
        round(unbounded + half_width, 9) as unbounded_high
    from damped
)

select
    target_id,
    target_name_vi,
    target_name_en,
    month,
    month_end,
    unit_code,
    value,
    numerator,
    denominator,
    units,
    target_value,
    deadline,
    is_met,
    state,
    gap,
    -- no count is below none, no share above all
    {% for end in ['', '_low', '_high'] %}
    cast(case when unbounded{{ end }} is not null then least(greatest(unbounded{{ end }}, 0), coalesce(ceiling, unbounded{{ end }})) end as double)
        as projected{{ end or "_value" }}{{ "," if not loop.last }}
    {% endfor %}
from projected
