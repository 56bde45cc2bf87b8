with measures as (
    select * from {{ ref('int_target_measures') }} where is_target_unit
),

-- slopes between all pairs of the last six known months: their median is the trend (Theil and Sen), which one odd month does not bend
slopes as (
    select
        measures.target_id,
        measures.month,
        measures.unit_code,
        median((later.value - earlier.value) / {{ months_between('earlier.month', 'later.month') }}) as slope,
        -- no change at all, and the fastest change between any two of them, bound what may come
        least(min((later.value - earlier.value) / {{ months_between('earlier.month', 'later.month') }}), 0) as slope_low,
        greatest(max((later.value - earlier.value) / {{ months_between('earlier.month', 'later.month') }}), 0) as slope_high
    from measures
    inner join measures as later
        on
            measures.target_id = later.target_id
            and measures.unit_code = later.unit_code
            and later.month <= measures.month
            and later.month > {{ add_months('measures.month', -6) }}
    inner join measures as earlier
        on
            later.target_id = earlier.target_id
            and later.unit_code = earlier.unit_code
            and earlier.month < later.month
            and earlier.month > {{ add_months('measures.month', -6) }}
    where measures.month_end <= measures.deadline and later.value is not null and earlier.value is not null
    group by measures.target_id, measures.month, measures.unit_code
    having count(*) >= 3
),

ahead as (
    select
        measures.*,
        slopes.slope,
        slopes.slope_low,
        slopes.slope_high,
        {{ months_between('measures.month', 'measures.deadline') }} as months_ahead
    from measures
    left join slopes
        on
            measures.target_id = slopes.target_id
            and measures.month = slopes.month
            and measures.unit_code = slopes.unit_code
),

-- each month to come brings 0.85 of the change of the one before it (a damped trend, Gardner and McKenzie): what is easy is done first. The
-- interval is not damped. `make bench` measures both.
projected as (
    select
        *,
        round(value + slope * 0.85 * (1 - power(0.85, months_ahead)) / (1 - 0.85), 9) as unbounded,
        value + slope_low * months_ahead as unbounded_low,
        value + slope_high * months_ahead as unbounded_high
    from ahead
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

rounded as (
    select
        target_id,
        target_name_vi,
        target_name_en,
        month,
        unit_code,
        value,
        cast(numerator as integer) as numerator,
        cast(denominator as integer) as denominator,
        cast(denominator as double) / nullif(units, 0) as coverage,
        target_value,
        deadline,
        is_met,
        state,
        gap,
        coalesce(month_end > deadline, false) and state in ('not_met', 'unknown') as is_overdue,
        -- no count is below none, no share above all
        {% for end in ['', '_low', '_high'] %}
        cast(case when unbounded{{ end }} is not null then least(greatest(unbounded{{ end }}, 0), coalesce(ceiling, unbounded{{ end }})) end as double)
            as projected{{ end or "_value" }},
        {% endfor %}
        cast(units as integer) as units
    from projected
)

select
    rounded.*,
    months.month_label_vi,
    units.unit_name,
    units.unit_short_name,
    units.unit_level
from rounded
left join months
    on rounded.month = months.month
left join units
    on rounded.unit_code = units.unit_code
