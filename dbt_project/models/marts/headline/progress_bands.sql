with communes as (
    select * from {{ ref('commune_months') }}
),

bands as (
    select * from {{ ref('int_progress_bands') }}
),

names as (
    select * from {{ ref('dim_unit_current') }}
),

units as (
    select
        month,
        'district' as unit_level,
        district_code as unit_code,
        count(criteria_met_latest) > 0 as is_known
    from communes
    where district_code is not null
    group by month, district_code
    union all
    select
        month,
        'province' as unit_level,
        {{ province_code() }} as unit_code,
        count(criteria_met_latest) > 0 as is_known
    from communes
    group by month
)

select
    units.month,
    units.unit_level,
    units.unit_code,
    names.unit_name,
    names.unit_short_name,
    bands.criteria_set_id,
    cast(bands.criteria_total as integer) as criteria_total,
    bands.progress_band,
    bands.label_vi as progress_band_label_vi,
    bands.label_en as progress_band_label_en,
    cast(bands.band_order as integer) as band_order,
    bands.criteria_from,
    cast(bands.criteria_to as integer) as criteria_to,
    cast(case when units.is_known then count(communes.commune_code) end as integer) as communes
from units
inner join bands
    on units.month = bands.month
left join communes
    on
        units.month = communes.month
        and bands.progress_band = communes.progress_band
        and (units.unit_level = 'province' or units.unit_code = communes.district_code)
left join names
    on units.unit_code = names.unit_code
group by
    units.month, units.unit_level, units.unit_code, names.unit_name, names.unit_short_name, units.is_known, bands.criteria_set_id, bands.criteria_total, bands.progress_band,
    bands.label_vi, bands.label_en, bands.band_order, bands.criteria_from, bands.criteria_to
