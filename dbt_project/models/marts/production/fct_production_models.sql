with models as (
    select * from {{ ref('int_production_models') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

reporters as (
    select * from {{ ref('int_unit_reporters') }}
)

select
    models.month,
    -- the key names the owner
    {{ keyed_hash(['models.commune_code', 'models.item_key']) }} as model_id,
    models.commune_code,
    reporters.district_code,
    communes.is_rural,
    {{ without_person('models.model_name', 'models.owner_name') }} as model_name,
    models.village,
    models.owner_kind,
    models.sector,
    models.product,
    models.size,
    models.status,
    models.started_on,
    coalesce(models.started_on between models.period_start and models.period_end, false) as is_new,
    models.is_linked,
    models.revenue_million_vnd,
    cast(models.workers as integer) as workers,
    models.submission_id,
    models.sheet,
    models.cell
from models
left join communes
    on models.commune_code = communes.commune_code and models.month = communes.month
left join reporters
    on models.reporter_code = reporters.reporter_code and models.month = reporters.month
