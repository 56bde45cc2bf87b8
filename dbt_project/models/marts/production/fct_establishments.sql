with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'H03' and submission_id is not null
),

establishments as (
    select * from {{ ref('stg_districts__h03') }} where unused_reason is null
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'name'
)

select
    submissions.month,
    {{ short_hash(["case when establishments.registration_no is null then establishments.commune_code end", 'establishments.item_key']) }}
        as establishment_id,
    establishments.commune_code,
    submissions.reporter_code as district_code,
    communes.is_rural,
    establishments.name as establishment_name,
    establishments.kind,
    establishments.registration_no,
    establishments.sector,
    establishments.status,
    establishments.founded_on,
    coalesce(establishments.founded_on between submissions.period_start and submissions.period_end, false) as is_new,
    establishments.capital_million_vnd,
    cast(establishments.members as integer) as members,
    establishments.submission_id,
    establishments.sheet,
    {{ cell_address('cells', 'establishments.row_number') }} as cell
from establishments
inner join submissions
    on establishments.submission_id = submissions.submission_id
left join communes
    on establishments.commune_code = communes.commune_code and submissions.month = communes.month
left join cells
    on
        establishments.submission_id = cells.submission_id
        and establishments.sheet = cells.sheet
        and establishments.table_no = cells.table_no
