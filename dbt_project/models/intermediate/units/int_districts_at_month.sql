with months as (
    select * from {{ ref('int_months') }}
),

units as (
    select * from {{ ref('stg_reference__units') }}
)

select
    months.month,
    months.month_end,
    units.unit_code as district_code,
    units.name_vi as district_name,
    units.kind
from months
inner join units
    on units.level = 'district' and {{ is_valid_on('months.month_end', 'units') }}
