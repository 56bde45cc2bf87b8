with units as (
    select * from {{ ref('stg_reference__units') }}
)

select
    unit_code as district_code,
    {{ open_start('valid_from') }} as valid_from,
    {{ open_end('valid_to') }} as valid_to,
    name_vi as district_name,
    kind
from units
where level = 'district'
