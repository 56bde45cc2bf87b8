-- A finding weighs on a district once: whether in its own report or about one of its communes.
with findings as (
    select * from {{ ref('int_open_findings') }}
),

districts as (
    select * from {{ ref('int_districts_at_month') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
)

select
    findings.month,
    districts.district_code,
    findings.finding_id
from findings
inner join districts
    on findings.month = districts.month and findings.reporter_code = districts.district_code
union
select
    findings.month,
    communes.district_code,
    findings.finding_id
from findings
inner join communes
    on findings.month = communes.month and findings.unit_code = communes.commune_code
