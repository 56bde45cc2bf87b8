with unit_changes as (
    select * from {{ ref('stg_reference__unit_changes') }}
)

select
    effective_on,
    change_type,
    old_code,
    new_code,
    change_type not in ('merge', 'split', 'abolish', 'recode') as is_history_kept,
    decree,
    note
from unit_changes
