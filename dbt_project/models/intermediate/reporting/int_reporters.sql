select
    unit_code as reporter_code,
    'district' as reporter_type,
    name_vi,
    valid_from,
    valid_to
from {{ ref('stg_reference__units') }}
where level = 'district'
union all
select
    reporter_code,
    reporter_type,
    name_vi,
    valid_from,
    valid_to
from {{ ref('stg_reference__departments') }}
