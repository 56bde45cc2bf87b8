-- What the index measures of each commune.
with communes as (
    select * from {{ ref('int_commune_months') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

reported_units as (
    select * from {{ ref('int_reported_units') }} where form = 'H01'
),

models as (
    select * from {{ ref('int_commune_models') }}
),

establishments as (
    select * from {{ ref('int_commune_establishments') }}
)

select
    communes.month,
    communes.commune_code,
    communes.commune_name,
    communes.district_code,
    reported_units.reporter_code,
    communes.criteria_met_latest as criteria_level,
    communes.criteria_total,
    -- the same commune, criteria set and unbroken history as last December
    communes.criteria_met_latest - december.criteria_met_latest as criteria_gain,
    3 * models.models_large_new_ytd + 2 * models.models_medium_new_ytd + models.models_small_new_ytd as new_models,
    establishments.enterprises_new_ytd + establishments.cooperatives_new_ytd as new_establishments
from communes
inner join windows
    on communes.month = windows.month
left join reported_units
    on communes.commune_code = reported_units.unit_code and {{ is_valid_on('windows.month_end', 'reported_units') }}
left join communes as december
    on
        december.month = {{ add_months('windows.year_start', -1) }}
        and communes.commune_code = december.commune_code
        and communes.criteria_set_id = december.criteria_set_id
        and communes.continuous_since_on = december.continuous_since_on
left join models
    on communes.month = models.month and communes.commune_code = models.commune_code
left join establishments
    on communes.month = establishments.month and communes.commune_code = establishments.commune_code
