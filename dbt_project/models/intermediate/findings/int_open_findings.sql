-- Open findings that weigh on a month's figures: errors and warnings, each in the month of its period's last day.
select distinct
    finding_id,
    cast(date_trunc('month', {{ period_end('period') }}) as date) as month,
    reporter_code,
    unit_code
from {{ ref('findings') }}
where state = 'open' and severity in ('error', 'warning') and period is not null
