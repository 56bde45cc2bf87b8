with reporters as (
    select * from {{ ref('int_reporters') }} where reporter_type <> 'other'
),

months as (
    select * from {{ ref('int_months') }}
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

communes as (
    select * from {{ ref('int_reporter_communes') }}
),

contents as (
    select * from {{ ref('int_reporter_rows') }}
),

inspections as (
    select
        reporter_code,
        month,
        cast(inspected_items as double) as inspected_items,
        confirmed_items / cast(inspected_items as double) as share
    from {{ ref('int_reporter_inspections') }}
),

reporter_months as (
    select
        reporters.reporter_code,
        reporters.name_vi as reporter_name,
        months.month,
        months.month_end
    from reporters
    inner join months
        on {{ is_valid_on('months.month_end', 'reporters') }}
),

reports as (
    select
        reporter_code,
        month,
        count(*) as expected,
        count(case when status in ('on_time', 'late') then 1 end) as received,
        count(case when status = 'on_time' then 1 end) as on_time
    from obligations
    where is_past_due
    group by reporter_code, month
),

scores as (
    select
        reporter_months.reporter_code,
        reporter_months.reporter_name,
        reporter_months.month,
        cast(coalesce(reports.expected, 0) as integer) as expected,
        cast(coalesce(reports.received, 0) as integer) as received,
        cast(coalesce(reports.on_time, 0) as integer) as on_time,
        cast(reports.received as double) / nullif(reports.expected, 0) as reporting_rate,
        cast(reports.on_time as double) / nullif(reports.expected, 0) as timeliness,
        cast(communes.present_communes as double) / nullif(communes.expected_communes, 0) as row_completeness,
        cast(contents.filled_cells as double) / nullif(contents.required_cells, 0) as cell_completeness,
        1 - cast(contents.doubtful_rows as double) / nullif(contents.rows_received, 0) as consistency,
        inspections.share as accuracy,
        {{ wilson('inspections.share', 'inspections.inspected_items', '-') }} as accuracy_low,
        {{ wilson('inspections.share', 'inspections.inspected_items', '+') }} as accuracy_high,
        cast(coalesce(inspections.inspected_items, 0) as integer) as inspected_items
    from reporter_months
    left join reports
        on reporter_months.reporter_code = reports.reporter_code and reporter_months.month = reports.month
    left join communes
        on reporter_months.reporter_code = communes.reporter_code and reporter_months.month = communes.month
    left join contents
        on reporter_months.reporter_code = contents.reporter_code and reporter_months.month = contents.month
    left join inspections
        on reporter_months.reporter_code = inspections.reporter_code and reporter_months.month = inspections.month
)

select
    *,
    {{ trend_columns(['reporting_rate', 'timeliness', 'row_completeness', 'cell_completeness', 'consistency'], key='reporter_code') }}
from scores
