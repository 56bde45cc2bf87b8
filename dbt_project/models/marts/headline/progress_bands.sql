with communes as (
    select * from {{ ref('commune_months') }}
),

bands as (
    select * from {{ ref('int_progress_bands') }}
),

names as (
    select * from {{ ref('dim_unit_current') }}
),

-- each commune counts in its district and in the province
counted as (
    select
        month,
        'district' as unit_level,
        district_code as unit_code,
        progress_band,
        count(*) as communes,
        count(criteria_met_latest) as communes_known
    from communes
    where district_code is not null
    group by month, district_code, progress_band
    union all
    select
        month,
        'province' as unit_level,
        {{ province_code() }} as unit_code,
        progress_band,
        count(*) as communes,
        count(criteria_met_latest) as communes_known
    from communes
    group by month, progress_band
),

units as (
    select
        month,
        unit_level,
        unit_code,
        sum(communes_known) > 0 as is_known
    from counted
    group by month, unit_level, unit_code
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
    cast(case when units.is_known then coalesce(counted.communes, 0) end as integer) as communes
from units
inner join bands
    on units.month = bands.month
left join counted
    on
        units.month = counted.month
        and units.unit_level = counted.unit_level
        and units.unit_code = counted.unit_code
        and bands.progress_band = counted.progress_band
left join names
    on units.unit_code = names.unit_code
