with areas as (
    select * from {{ ref('int_model_areas') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

reporters as (
    select * from {{ ref('int_unit_reporters') }}
)

select
    areas.month,
    -- a garden's key names its owner
    {{ keyed_hash(['areas.commune_code', 'areas.item_key']) }} as area_id,
    areas.commune_code,
    reporters.district_code,
    communes.is_rural,
    {{ without_person('areas.village', 'areas.owner_name') }} as village,
    areas.kind,
    cast(areas.criteria_met as integer) as criteria_met,
    areas.status,
    areas.recognised_on,
    areas.submission_id,
    areas.sheet,
    areas.cell
from areas
left join communes
    on areas.commune_code = communes.commune_code and areas.month = communes.month
left join reporters
    on areas.reporter_code = reporters.reporter_code and areas.month = reporters.month
