-- A merger, split or abolition gives a code another territory, for whoever gave and whoever took; a transfer, a reclassification, a new name or a
-- recoding does not.
with units as (
    select * from {{ ref('stg_reference__units') }}
),

unit_changes as (
    select * from {{ ref('stg_reference__unit_changes') }} where {{ changes_territory('change_type') }}
),

beginnings as (
    select
        unit_code,
        cast('1900-01-01' as date) as valid_from
    from units
    union
    select
        old_code as unit_code,
        effective_on as valid_from
    from unit_changes
    union
    select
        new_code as unit_code,
        effective_on as valid_from
    from unit_changes
)

select
    unit_code,
    valid_from,
    {{ valid_to('lead(valid_from) over (partition by unit_code order by valid_from)') }} as valid_to
from beginnings
where unit_code is not null
