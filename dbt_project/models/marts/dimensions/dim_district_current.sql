with districts as (
    {{ current_rows(ref('dim_districts'), 'district_code') }}
)

select
    district_code,
    district_name,
    {{ short_unit_name('district_name') }} as district_short_name,
    kind,
    {{ province_code() }} as province_code,
    valid_from,
    valid_to,
    is_valid
from districts
