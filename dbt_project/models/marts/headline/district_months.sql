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

tasks as (
    select * from {{ ref('int_owner_tasks') }}
),

reports as (
    select * from {{ ref('int_reporter_reports') }}
),

h01 as (
    select * from {{ ref('int_obligations') }} where form = 'H01' and submission_id is not null
),

findings as (
    select
        month,
        district_code,
        count(distinct finding_id) as open_findings
    from {{ ref('int_district_findings') }}
    group by month, district_code
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
),

joined as (
    select
        districts.month,
        districts.district_code,
        districts.district_name,
        communes.*,
        officers.full_time_officers,
        officers.officer_fields,
        tasks.tasks_due,
        tasks.tasks_done_on_time,
        reports.reports_expected,
        reports.reports_received,
        reports.reports_on_time,
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
    left join tasks
        on districts.month = tasks.month and districts.district_code = tasks.owner_code
    left join reports
        on districts.month = reports.month and districts.district_code = reports.reporter_code
    left join h01
        on districts.month = h01.month and districts.district_code = h01.reporter_code
    left join findings
        on districts.month = findings.month and districts.district_code = findings.district_code
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
