-- Open findings that weigh on a month's figures: errors and warnings, each in the month that its period ends with.
with findings as (
    select * from {{ ref('int_finding_states') }}
),

periods as (
    select * from {{ ref('stg_reference__periods') }}
)

select distinct
    findings.finding_id,
    periods.month,
    findings.reporter_code,
    findings.unit_code
from findings
inner join periods
    on findings.period = periods.period
where findings.state = 'open' and findings.severity in ('error', 'warning')
