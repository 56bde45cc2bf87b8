with districts as (
    select * from {{ ref('int_districts_at_month') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select
        month as communes_month,
        district_code as communes_district_code,
        {{ commune_totals() }}
    from {{ ref('commune_months') }}
    group by month, district_code
),

officers as (
    select
        month,
        office_code,
        sum(case when is_full_time then officers else 0 end) as full_time_officers,
        count(distinct case when is_full_time and officers > 0 then field end) as officer_fields
    from {{ ref('int_officers') }}
    where form = 'H05'
    group by month, office_code
),

reporters as (
    select * from {{ ref('int_unit_reporters') }} where total_district_code is not null
),

-- what is owed by those whose reports go into the district's total
owed as (
    select
        reporters.month,
        reporters.total_district_code as district_code,
        sum(tasks.tasks_due) as tasks_due,
        sum(tasks.tasks_done_on_time) as tasks_done_on_time,
        sum(reports.reports_expected) as reports_expected,
        sum(reports.reports_received) as reports_received,
        sum(reports.reports_on_time) as reports_on_time
    from reporters
    left join {{ ref('int_owner_tasks') }} as tasks
        on reporters.month = tasks.month and reporters.reporter_code = tasks.owner_code
    left join {{ ref('int_reporter_reports') }} as reports
        on reporters.month = reports.month and reporters.reporter_code = reports.reporter_code
    group by reporters.month, reporters.total_district_code
),

h01 as (
    select * from {{ ref('int_obligations') }} where form = 'H01' and submission_id is not null
),

findings as (
    select
        month,
        unit_code,
        count(distinct finding_id) as open_findings
    from {{ ref('int_district_findings') }}
    group by month, unit_code
),

months as (
    select * from {{ ref('dim_months') }}
),

leadership as (
    select distinct
        month,
        district_code,
        index_value,
        rank
    from {{ ref('leadership_index') }}
    where district_code is not null
),

joined as (
    select
        districts.month,
        districts.district_code,
        districts.district_name,
        communes.*,
        officers.full_time_officers,
        officers.officer_fields,
        owed.tasks_due,
        owed.tasks_done_on_time,
        owed.reports_expected,
        owed.reports_received,
        owed.reports_on_time,
        h01.submission_id is not null as is_h01_received,
        windows.reporting_rate_final,
        findings.open_findings,
        leadership.index_value as leadership_index,
        leadership.rank as leadership_rank
    from districts
    inner join windows
        on districts.month = windows.month
    left join communes
        on districts.month = communes.communes_month and districts.district_code = communes.communes_district_code
    left join officers
        on windows.quarter_month = officers.month and districts.district_code = officers.office_code
    left join owed
        on districts.month = owed.month and districts.district_code = owed.district_code
    left join h01
        on districts.month = h01.month and districts.district_code = h01.reporter_code
    left join findings
        on districts.month = findings.month and districts.district_code = findings.unit_code
    left join leadership
        on districts.month = leadership.month and districts.district_code = leadership.district_code
),

totals as (
    select
        month,
        district_code,
        district_name,
        {{ total_columns() }},
        leadership_index,
        leadership_rank,
        is_h01_received
    from joined
),

trended as (
    select
        *,
        {{ trend_columns(['reporting_rate', 'timeliness'], key='district_code') }}
    from totals
)

select
    trended.*,
    months.month_label_vi,
    {{ short_unit_name('trended.district_name') }} as district_short_name,
    {{ province_code() }} as province_code
from trended
left join months
    on trended.month = months.month
