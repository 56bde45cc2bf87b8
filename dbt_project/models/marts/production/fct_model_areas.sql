with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'H04' and submission_id is not null
),

areas as (
    select * from {{ ref('stg_districts__h04') }} where unused_reason is null
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'village'
)

select
    submissions.month,
    -- a garden's key names its owner: only the hash goes out
    {{ short_hash(['areas.commune_code', 'areas.item_key']) }} as area_id,
    areas.commune_code,
    submissions.reporter_code as district_code,
    communes.is_rural,
    {{ without_person('areas.village', 'areas.owner_name') }} as village,
    areas.kind,
    cast(areas.criteria_met as integer) as criteria_met,
    areas.status,
    areas.recognised_on,
    areas.submission_id,
    areas.sheet,
    {{ cell_address('cells', 'areas.row_number') }} as cell
from areas
inner join submissions
    on areas.submission_id = submissions.submission_id
left join communes
    on areas.commune_code = communes.commune_code and submissions.month = communes.month
left join cells
    on areas.submission_id = cells.submission_id and areas.sheet = cells.sheet and areas.table_no = cells.table_no
