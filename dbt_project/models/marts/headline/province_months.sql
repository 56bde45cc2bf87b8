with windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select
        month,
        {{ commune_totals() }}
    from {{ ref('commune_months') }}
    group by month
),

reporters as (
    select * from {{ ref('int_unit_reporters') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

h01 as (
    select * from {{ ref('int_obligations') }} where form = 'H01' and submission_id is not null
),

owed as (
    select
        reporters.month,
        count(case when reporters.is_compared then 1 end) as reporters_expected,
        count(case when reporters.is_compared then h01.submission_id end) as reporters_reported,
        nullif(count(reporters.district_code), 0) as districts_expected,
        case when count(reporters.district_code) > 0 then count(case when reporters.district_code is not null then h01.submission_id end) end
            as districts_reported,
        sum(tasks.tasks_due) as tasks_due,
        sum(tasks.tasks_done_on_time) as tasks_done_on_time,
        sum(reports.reports_expected) as reports_expected,
        sum(reports.reports_received) as reports_received,
        sum(reports.reports_on_time) as reports_on_time
    from reporters
    left join h01
        on reporters.month = h01.month and reporters.reporter_code = h01.reporter_code
    left join {{ ref('int_owner_tasks') }} as tasks
        on reporters.month = tasks.month and reporters.reporter_code = tasks.owner_code
    left join {{ ref('int_reporter_reports') }} as reports
        on reporters.month = reports.month and reporters.reporter_code = reports.reporter_code
    group by reporters.month
),

-- a field that two offices have is one field
officers as (
    select
        reporters.month,
        sum(case when officers.is_full_time then officers.officers else 0 end) as full_time_officers,
        count(distinct case when officers.is_full_time and officers.officers > 0 then officers.field end) as officer_fields
    from reporters
    inner join windows
        on reporters.month = windows.month
    inner join {{ ref('int_officers') }} as officers
        on
            windows.quarter_month = officers.month
            and reporters.reporter_code = officers.office_code
            and officers.form = 'H05'
    group by reporters.month
),

findings as (
    select
        month,
        count(distinct finding_id) as open_findings
    from {{ ref('int_district_findings') }}
    group by month
),

joined as (
    select
        communes.*,
        owed.reporters_expected,
        owed.reporters_reported,
        owed.districts_expected,
        owed.districts_reported,
        officers.full_time_officers,
        officers.officer_fields,
        owed.tasks_due,
        owed.tasks_done_on_time,
        owed.reports_expected,
        owed.reports_received,
        owed.reports_on_time,
        windows.reporting_rate_final,
        findings.open_findings
    from windows
    inner join communes
        on windows.month = communes.month
    left join owed
        on windows.month = owed.month
    left join officers
        on windows.month = officers.month
    left join findings
        on windows.month = findings.month
),

totals as (
    select
        month,
        cast(coalesce(reporters_expected, 0) as integer) as reporters_expected,
        cast(coalesce(reporters_reported, 0) as integer) as reporters_reported,
        cast(districts_expected as integer) as districts_expected,
        cast(districts_reported as integer) as districts_reported,
        {{ total_columns() }}
    from joined
),

trended as (
    select
        *,
        {{ trend_columns(['reporting_rate', 'timeliness']) }}
    from totals
)

select
    trended.*,
    months.month_label_vi,
    {{ province_code() }} as province_code,
    units.unit_name as province_name
from trended
left join units
    on units.unit_level = 'province'
left join months
    on trended.month = months.month
