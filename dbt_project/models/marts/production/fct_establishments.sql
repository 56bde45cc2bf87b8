with establishments as (
    select * from {{ ref('int_establishments') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

reporters as (
    select * from {{ ref('int_unit_reporters') }}
)

select
    establishments.month,
    {{ keyed_hash(["case when establishments.registration_no is null then establishments.commune_code end", 'establishments.item_key']) }}
        as establishment_id,
    establishments.commune_code,
    reporters.district_code,
    communes.is_rural,
    establishments.name as establishment_name,
    establishments.kind,
    establishments.registration_no,
    establishments.sector,
    establishments.status,
    establishments.founded_on,
    coalesce(establishments.founded_on between establishments.period_start and establishments.period_end, false) as is_new,
    establishments.capital_million_vnd,
    cast(establishments.members as integer) as members,
    establishments.submission_id,
    establishments.sheet,
    establishments.cell
from establishments
left join communes
    on establishments.commune_code = communes.commune_code and establishments.month = communes.month
left join reporters
    on establishments.reporter_code = reporters.reporter_code and establishments.month = reporters.month
