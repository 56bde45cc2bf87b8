with reporters as (
    select * from {{ ref('int_reporters') }}
)

select
    reporter_code,
    {{ open_start('valid_from') }} as valid_from,
    {{ open_end('valid_to') }} as valid_to,
    reporter_type,
    name_vi as reporter_name
from reporters
