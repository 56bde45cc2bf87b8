with units as (
    select * from {{ ref('stg_reference__units') }}
)

select
    communes.unit_code as commune_code,
    {{ open_start('greatest(communes.valid_from, coalesce(districts.valid_from, communes.valid_from))') }} as valid_from,
    {{ open_end('least(communes.valid_to, coalesce(districts.valid_to, communes.valid_to))') }} as valid_to,
    communes.name_vi as commune_name,
    communes.kind,
    communes.kind = 'xã' as is_rural,
    districts.unit_code as district_code,
    districts.name_vi as district_name
from units as communes
left join units as districts
    on
        communes.parent_code = districts.unit_code
        and districts.level = 'district'
        and communes.valid_from < districts.valid_to
        and communes.valid_to > districts.valid_from
where communes.level = 'commune'
