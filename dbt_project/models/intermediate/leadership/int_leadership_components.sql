-- Each component of the index as it is measured, and brought to 0..100.
with reporters as (
    select * from {{ ref('int_unit_reporters') }} where is_compared
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

communes as (
    select
        month,
        reporter_code,
        avg(criteria_level) as criteria_level,
        max(criteria_total) as criteria_total,
        avg(criteria_gain) as criteria_gain,
        avg(new_models) as new_models,
        avg(new_establishments) as new_establishments
    from {{ ref('int_leadership_communes') }}
    group by month, reporter_code
),

tasks as (
    select * from {{ ref('int_owner_tasks') }}
),

reports as (
    select * from {{ ref('int_reporter_reports') }}
),

weights as (
    select * from {{ ref('stg_reference__leadership_index_weights') }}
),

reports_of_year as (
    select
        windows.month,
        reports.reporter_code,
        sum(reports.reports_on_time) as reports_on_time,
        sum(reports.reports_expected) as reports_expected
    from windows
    inner join reports
        on reports.month >= windows.year_start and reports.month <= windows.month
    group by windows.month, reports.reporter_code
),

measured as (
    select
        reporters.month,
        reporters.reporter_code as unit_code,
        reporters.unit_level,
        reporters.district_code,
        communes.criteria_level,
        communes.criteria_total,
        communes.criteria_gain,
        communes.new_models,
        communes.new_establishments,
        cast(tasks.tasks_done_on_time as double) / nullif(tasks.tasks_due, 0) as tasks_on_time,
        cast(reports_of_year.reports_on_time as double) / nullif(reports_of_year.reports_expected, 0) as reports_on_time
    from reporters
    left join communes
        on reporters.month = communes.month and reporters.reporter_code = communes.reporter_code
    left join tasks
        on reporters.month = tasks.month and reporters.reporter_code = tasks.owner_code
    left join reports_of_year
        on reporters.month = reports_of_year.month and reporters.reporter_code = reports_of_year.reporter_code
),

-- one row per reporter, month and component in force
components as (
    select
        measured.month,
        measured.unit_code,
        measured.unit_level,
        measured.district_code,
        weights.component,
        weights.weight as nominal_weight,
        measured.criteria_total,
        cast(case weights.component
            {% for component in leadership_components() %}
            when '{{ component }}' then measured.{{ component }}
            {% endfor %}
        end as double) as raw_value
    from measured
    inner join windows
        on measured.month = windows.month
    inner join weights
        on {{ is_valid_on('windows.month_end', 'weights') }}
)

select
    month,
    unit_code,
    unit_level,
    district_code,
    component,
    nominal_weight,
    raw_value,
    case
        when raw_value is null then null
        when component = 'criteria_level' then raw_value / criteria_total * 100
        when component in ('tasks_on_time', 'reports_on_time') then raw_value * 100
        when max(raw_value) over in_month = min(raw_value) over in_month then 50
        else (raw_value - min(raw_value) over in_month) / (max(raw_value) over in_month - min(raw_value) over in_month) * 100
    end as normalised_value
from components
window in_month as (partition by month, unit_level, component)
