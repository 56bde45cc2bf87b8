-- The value of each target that counts communes, for the province and for each district, whichever of them it is set for; and the bounds between
-- which the communes of which nothing is known leave it.
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

communes as (
    select * from {{ ref('int_target_communes') }}
),

districts as (
    select * from {{ ref('int_districts_at_month') }}
),

commune_counts as (
    select
        target_id,
        month,
        case when grouping(district_code) = 1 then {{ province_code() }} else district_code end as unit_code,
        count(case when is_asked and answer then 1 end) as numerator,
        count(case when is_asked then answer end) as denominator,
        count(*) as units,
        -- among the unknown: how many may turn out to count, how many may not
        count(case when (is_asked is null or answer is null) and coalesce(answer, true) then 1 end) as may_count,
        count(case when (is_asked is null or answer is null) and not coalesce(answer, false) then 1 end) as may_not_count
    from communes
    group by grouping sets ((target_id, month, district_code), (target_id, month))
),

-- one without a commune in question still has its row; a district target can hold for some kinds of districts only
commune_units as (
    select
        targets.target_id,
        targets.unit = '%' as is_share,
        units.month,
        units.unit_code,
        targets.level = units.level
        and (targets.unit_kinds is null or {{ in_list("replace(units.kind, ' ', '')", 'targets.unit_kinds') }}) as is_target_unit
    from targets
    inner join (
        select
            month,
            month_end,
            district_code as unit_code,
            kind,
            'district' as level
        from districts
        union all
        select
            month,
            month_end,
            {{ province_code() }} as unit_code,
            'tỉnh' as kind,
            'province' as level
        from windows
    ) as units
        on {{ is_valid_on('units.month_end', 'targets') }}
    where targets.target_id in (select communes.target_id from communes)
)

select
    units.target_id,
    'communes' as counted,
    units.month,
    units.unit_code,
    units.is_target_unit,
    units.is_share,
    case
        when units.is_share then 100e0 * counts.numerator / nullif(counts.denominator, 0)
        when counts.denominator > 0 then counts.numerator
    end as value,
    coalesce(counts.numerator, 0) as numerator,
    coalesce(counts.denominator, 0) as denominator,
    coalesce(counts.units, 0) as units,
    -- the value if every unknown unit were against it, and if every one were for it; of nobody asked, all is fulfilled
    case
        when units.is_share then coalesce(100e0 * counts.numerator / nullif(counts.denominator + counts.may_not_count, 0), 100e0)
        else coalesce(counts.numerator, 0)
    end as lowest,
    case
        when units.is_share
            then coalesce(100e0 * (counts.numerator + counts.may_count) / nullif(counts.denominator + counts.may_count, 0), 100e0)
        else coalesce(counts.numerator + counts.may_count, 0)
    end as highest,
    case when units.is_share then 100e0 else coalesce(counts.units, 0) end as ceiling
from commune_units as units
left join commune_counts as counts
    on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
