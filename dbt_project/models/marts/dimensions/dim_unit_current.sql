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

districts as (
    select * from {{ ref('dim_district_current') }}
),

-- a commune or district that reports for itself is a unit all the same
reporters as (
    {{ current_rows("(select * from " ~ ref('dim_reporters') ~ " where reporter_type not in ('district', 'commune', 'ward'))", 'reporter_code') }}
),

current_provinces as (
    {{ current_rows('provinces', 'unit_code') }}
),

units as (
    select
        unit_code,
        name_vi as unit_name,
        'province' as unit_level,
        cast(null as string) as district_code,
        is_valid
    from current_provinces
    union all
    select
        reporter_code as unit_code,
        reporter_name as unit_name,
        reporter_type as unit_level,
        cast(null as string) as district_code,
        is_valid
    from reporters
    union all
    select
        district_code as unit_code,
        district_name as unit_name,
        'district' as unit_level,
        district_code,
        is_valid
    from districts
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
