-- Where a commune of an earlier day lies on the as-of day: its changes of territory, followed one after the other.
with recursive units as (
    select * from {{ ref('stg_reference__units') }} where level = 'commune'
),

unit_changes as (
    select * from {{ ref('stg_reference__unit_changes') }}
    where
        effective_on <= {{ as_of() }}
        and ({{ changes_territory('change_type') }} or (change_type = 'transfer' and old_code <> new_code))
        and old_code in (select units.unit_code from units)
),

-- also where a code that had ended is another unit's
beginnings as (
    select
        unit_code,
        valid_from
    from units
    qualify lag(valid_to) over (partition by unit_code order by valid_from) is distinct from valid_from
    union
    select
        old_code,
        effective_on
    from unit_changes
    union
    select
        new_code,
        effective_on
    from unit_changes
    where new_code is not null
),

spans as (
    select
        unit_code,
        valid_from,
        {{ valid_to('lead(valid_from) over (partition by unit_code order by valid_from)') }} as valid_to
    from beginnings
),

territories as (
    select
        spans.unit_code,
        spans.valid_from,
        least(spans.valid_to, max(units.valid_to)) as valid_to
    from spans
    inner join units
        on spans.unit_code = units.unit_code and spans.valid_from < units.valid_to and spans.valid_to > units.valid_from
    group by spans.unit_code, spans.valid_from, spans.valid_to
),

-- a unit goes on that only took something, or gave a part away
remainders as (
    select
        before.unit_code,
        before.valid_to as effective_on,
        case when count(*) = count(unit_changes.share) then 1 - sum(unit_changes.share) end as share
    from territories as before
    inner join territories as after
        on before.unit_code = after.unit_code and before.valid_to = after.valid_from
    left join unit_changes
        on before.unit_code = unit_changes.old_code and before.valid_to = unit_changes.effective_on
    group by before.unit_code, before.valid_to
    having not coalesce(bool_or(unit_changes.change_type in ('merge', 'abolish') or unit_changes.new_code = before.unit_code), false)
),

steps as (
    select
        old_code,
        effective_on,
        new_code,
        share
    from unit_changes
    where new_code is not null
    union all
    select
        unit_code as old_code,
        effective_on,
        unit_code as new_code,
        share
    from remainders
),

whole_steps as (
    select
        old_code,
        effective_on,
        new_code,
        case when count(*) over (partition by old_code, effective_on) = 1 then 1 else share end as share
    from steps
),

walks as (
    select
        unit_code as old_code,
        valid_from,
        valid_to,
        unit_code,
        valid_to as reached_on,
        cast(1 as double) as share
    from territories
    where valid_from <= {{ as_of() }}
    union all
    select
        walks.old_code,
        walks.valid_from,
        walks.valid_to,
        territories.unit_code,
        territories.valid_to as reached_on,
        walks.share * whole_steps.share as share
    from walks
    inner join whole_steps
        on walks.unit_code = whole_steps.old_code and walks.reached_on = whole_steps.effective_on
    inner join territories
        on whole_steps.new_code = territories.unit_code and whole_steps.effective_on = territories.valid_from
),

ends as (
    select
        walks.old_code,
        walks.valid_from,
        walks.valid_to,
        case when walks.reached_on > {{ as_of() }} then walks.unit_code end as new_code,
        case when count(*) = count(walks.share) then least(sum(walks.share), 1) end as share
    from walks
    left join whole_steps
        on walks.unit_code = whole_steps.old_code and walks.reached_on = whole_steps.effective_on
    where whole_steps.old_code is null
    group by all
)

select
    old_code,
    valid_from,
    valid_to,
    new_code,
    -- whatever became of its parts, all of them lie in one unit again
    case when count(*) over (partition by old_code, valid_from) = 1 then 1 else share end as share,
    count(*) over (partition by old_code, valid_from) > 1 as is_divided
from ends
