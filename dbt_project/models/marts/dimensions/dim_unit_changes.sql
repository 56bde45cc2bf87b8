with unit_changes as (
    select * from {{ ref('stg_reference__unit_changes') }}
)

select
    effective_on,
    change_type,
    old_code,
    new_code,
    not {{ changes_territory('change_type') }} and change_type <> 'recode' as is_history_kept,
    decree,
    note
from unit_changes
