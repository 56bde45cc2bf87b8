select
    reporter_code,
    reporter_type,
    unit_level,
    name_vi,
    valid_from,
    valid_to
from {{ ref('stg_reference__reporters') }}
