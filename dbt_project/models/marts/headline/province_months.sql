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

districts as (
    select
        month,
        count(*) as districts_expected,
        count(case when is_h01_received then 1 end) as districts_reported,
        sum(full_time_officers) as full_time_officers,
        sum(tasks_due) as tasks_due,
        sum(tasks_done_on_time) as tasks_done_on_time,
        sum(reports_expected) as reports_expected,
        sum(reports_received) as reports_received,
        sum(reports_on_time) as reports_on_time
    from {{ ref('district_months') }}
    group by month
),

months as (
    select * from {{ ref('dim_months') }}
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

-- a field that two districts have is one field
officer_fields as (
    select
        districts_at_month.month,
        count(distinct case when officers.is_full_time and officers.officers > 0 then officers.field end) as officer_fields
    from {{ ref('int_districts_at_month') }} as districts_at_month
    inner join windows
        on districts_at_month.month = windows.month
    inner join {{ ref('int_officers') }} as officers
        on
            windows.quarter_month = officers.month
            and districts_at_month.district_code = officers.office_code
            and officers.form = 'H05'
    group by districts_at_month.month
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
        coalesce(districts.districts_expected, 0) as districts_expected,
        coalesce(districts.districts_reported, 0) as districts_reported,
        districts.full_time_officers,
        officer_fields.officer_fields,
        districts.tasks_due,
        districts.tasks_done_on_time,
        districts.reports_expected,
        districts.reports_received,
        districts.reports_on_time,
        windows.reporting_rate_final,
        findings.open_findings
    from windows
    inner join communes
        on windows.month = communes.month
    left join districts
        on windows.month = districts.month
    left join officer_fields
        on windows.month = officer_fields.month
    left join findings
        on windows.month = findings.month
),

totals as (
    select
        month,
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
