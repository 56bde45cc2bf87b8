with months as (
    select * from {{ ref('int_months') }}
),

units as (
    select * from {{ ref('stg_reference__units') }}
),

communes as (
    select
        months.month,
        months.month_end,
        units.unit_code as commune_code,
        units.name_vi as commune_name,
        units.kind,
        units.parent_code
    from months
    inner join units
        on units.level = 'commune' and {{ is_valid_on('months.month_end', 'units') }}
)

select
    communes.month,
    communes.month_end,
    communes.commune_code,
    communes.commune_name,
    communes.kind,
    communes.kind = 'xã' as is_rural,
    districts.unit_code as district_code,
    districts.name_vi as district_name,
    {{ valid_from('territories.valid_from') }} as continuous_since_on
from communes
left join units as districts
    on
        communes.parent_code = districts.unit_code
        and districts.level = 'district'
        and {{ is_valid_on('communes.month_end', 'districts') }}
{{ join_territory('communes.commune_code', 'communes.month_end') }}
