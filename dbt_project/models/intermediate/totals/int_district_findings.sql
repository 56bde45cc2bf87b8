-- A finding weighs on a district once: whether in its own report or about one of its communes. One of a commune without a district weighs on the
-- province alone.
with findings as (
    select * from {{ ref('int_open_findings') }}
),

reporters as (
    select * from {{ ref('int_unit_reporters') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
)

select
    findings.month,
    coalesce(reporters.total_district_code, {{ province_code() }}) as unit_code,
    findings.finding_id
from findings
inner join reporters
    on findings.month = reporters.month and findings.reporter_code = reporters.reporter_code
union
select
    findings.month,
    coalesce(communes.district_code, {{ province_code() }}) as unit_code,
    findings.finding_id
from findings
inner join communes
    on findings.month = communes.month and findings.unit_code = communes.commune_code
