-- Open findings that weigh on a month's figures: errors and warnings, each in the month of its period's last day.
select distinct
    finding_id,
    {{ month_of_period('period') }} as month,
    reporter_code,
    unit_code
from {{ ref('int_finding_states') }}
where state = 'open' and severity in ('error', 'warning') and period is not null
