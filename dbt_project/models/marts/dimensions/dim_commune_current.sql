with communes as (
    {{ current_rows(ref('dim_communes'), 'commune_code') }}
)

select
    commune_code,
    commune_name,
    {{ short_unit_name('commune_name') }} as commune_short_name,
    kind,
    is_rural,
    district_code,
    district_name,
    {{ short_unit_name('district_name') }} as district_short_name,
    {{ province_code() }} as province_code,
    valid_from,
    valid_to,
    is_valid
from communes
