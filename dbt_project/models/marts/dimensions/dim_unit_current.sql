with provinces as (
    select
        unit_code,
        name_vi,
        {{ open_start('valid_from') }} as valid_from,
        {{ open_end('valid_to') }} as valid_to
    from {{ ref('stg_reference__units') }}
    where level = 'province'
),

communes as (
    select * from {{ ref('dim_commune_current') }}
),

reporters as (
    {{ current_rows(ref('dim_reporters'), 'reporter_code') }}
),

current_provinces as (
    {{ current_rows('provinces', 'unit_code') }}
),

units as (
    select
        unit_code,
        name_vi as unit_name,
        'province' as unit_level,
        cast(null as varchar) as district_code,
        is_valid
    from current_provinces
    union all
    select
        reporter_code,
        reporter_name,
        reporter_type,
        case when reporter_type = 'district' then reporter_code end as district_code,
        is_valid
    from reporters
    -- a commune or ward that reports is there as the unit that it is
    where reporter_type not in ('commune', 'ward')
    union all
    select
        commune_code,
        commune_name,
        'commune' as unit_level,
        district_code,
        is_valid
    from communes
)

select
    unit_code,
    unit_name,
    {{ short_unit_name('unit_name') }} as unit_short_name,
    unit_level,
    district_code,
    {{ province_code() }} as province_code,
    is_valid
from units
