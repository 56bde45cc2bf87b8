with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'H02' and submission_id is not null
),

models as (
    select * from {{ ref('stg_districts__h02') }} where unused_reason is null
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'model_name'
)

select
    submissions.month,
    -- the key names the owner: only its hash goes out
    {{ short_hash(['models.commune_code', 'models.item_key']) }} as model_id,
    models.commune_code,
    submissions.reporter_code as district_code,
    communes.is_rural,
    {{ without_person('models.model_name', 'models.owner_name') }} as model_name,
    models.village,
    models.owner_kind,
    models.sector,
    models.product,
    models.size,
    models.status,
    models.started_on,
    coalesce(models.started_on between submissions.period_start and submissions.period_end, false) as is_new,
    models.is_linked,
    models.revenue_million_vnd,
    cast(models.workers as integer) as workers,
    models.submission_id,
    models.sheet,
    {{ cell_address('cells', 'models.row_number') }} as cell
from models
inner join submissions
    on models.submission_id = submissions.submission_id
left join communes
    on models.commune_code = communes.commune_code and submissions.month = communes.month
left join cells
    on models.submission_id = cells.submission_id and models.sheet = cells.sheet and models.table_no = cells.table_no
