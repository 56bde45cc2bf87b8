with paths as (
    select * from {{ ref('int_unit_paths') }}
)

select
    old_code,
    {{ open_start('valid_from') }} as valid_from,
    {{ open_end('valid_to') }} as valid_to,
    new_code,
    share,
    is_divided
from paths
