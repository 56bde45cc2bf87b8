with reporters as (
    select * from {{ ref('int_reporters') }} where reporter_type <> 'other'
),

months as (
    select * from {{ ref('int_months') }}
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_current and not is_register
),

reporter_months as (
    select
        reporters.reporter_code,
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

-- a name that was resolved is there, whether its row can be used or not
named as (
    {% for form in ['h01', 'h07'] %}
    select distinct
        submission_id,
        commune_code
    from {{ ref('stg_districts__' ~ form) }}
    where commune_code is not null
    {{ "union" if not loop.last }}
    {% endfor %}
),

communes as (
    select
        obligations.reporter_code,
        obligations.month,
        count(*) as expected_communes,
        count(named.commune_code) as present_communes
    from obligations
    inner join {{ ref('stg_reference__units') }} as units
        on
            units.level = 'commune'
            and units.kind = 'xã'
            and obligations.reporter_code = units.parent_code
            and {{ is_valid_on('obligations.period_end', 'units') }}
    left join named
        on
            obligations.submission_id = named.submission_id
            and units.unit_code = named.commune_code
    where obligations.form in ('H01', 'H07') and obligations.status not in ('not_yet_due', 'excused')
    group by obligations.reporter_code, obligations.month
),

-- a wide sheet lands a row per criterion: on the sheet it is one
sheet_rows as (
    select
        submission_id,
        sheet,
        row_number,
        sum(required_cells) as required_cells,
        sum(filled_cells) as filled_cells
    from {{ ref('stg_landed__rows') }}
    group by submission_id, sheet, row_number
),

doubtful_rows as (
    select distinct
        submission_id,
        sheet,
        row_number
    from {{ ref('finding_instances') }}
    where
        substr(rule_id, 1, 1) in ('K', 'X')
        and severity in ('error', 'warning')
        and row_number is not null
),

contents as (
    select
        submissions.reporter_code,
        submissions.month,
        count(*) as rows_received,
        sum(sheet_rows.required_cells) as required_cells,
        sum(sheet_rows.filled_cells) as filled_cells,
        count(doubtful_rows.row_number) as doubtful_rows
    from submissions
    inner join sheet_rows
        on submissions.submission_id = sheet_rows.submission_id
    left join doubtful_rows
        on
            sheet_rows.submission_id = doubtful_rows.submission_id
            and sheet_rows.sheet = doubtful_rows.sheet
            and sheet_rows.row_number = doubtful_rows.row_number
    group by submissions.reporter_code, submissions.month
),

inspected as (
    select
        units.parent_code as reporter_code,
        cast(date_trunc('month', v01.inspected_on) as date) as month,
        count(*) as inspected_items,
        count(case when v01.is_confirmed then 1 end) as confirmed_items
    from {{ ref('stg_office__v01') }} as v01
    inner join submissions
        on v01.submission_id = submissions.submission_id
    inner join {{ ref('stg_reference__units') }} as units
        on
            v01.commune_code = units.unit_code
            and {{ is_valid_on('v01.inspected_on', 'units') }}
    where v01.unused_reason is null and v01.is_confirmed is not null
    group by units.parent_code, cast(date_trunc('month', v01.inspected_on) as date)
),

-- 1.959964 is the normal deviate of a two-sided interval of 95 %
accuracy as (
    select
        reporter_code,
        month,
        inspected_items,
        confirmed_items / inspected_items as share,
        1.959964 * 1.959964 / inspected_items as z2n
    from (select reporter_code, month, cast(inspected_items as double) as inspected_items, confirmed_items from inspected) as counts
),

scores as (
    select
        reporter_months.reporter_code,
        reporter_months.month,
        cast(coalesce(reports.expected, 0) as integer) as expected,
        cast(coalesce(reports.received, 0) as integer) as received,
        cast(coalesce(reports.on_time, 0) as integer) as on_time,
        cast(reports.received as double) / nullif(reports.expected, 0) as reporting_rate,
        cast(reports.on_time as double) / nullif(reports.expected, 0) as timeliness,
        cast(communes.present_communes as double) / nullif(communes.expected_communes, 0) as row_completeness,
        cast(contents.filled_cells as double) / nullif(contents.required_cells, 0) as cell_completeness,
        1 - cast(contents.doubtful_rows as double) / nullif(contents.rows_received, 0) as consistency,
        accuracy.share as accuracy,
        {{ wilson('accuracy.share', 'accuracy.z2n', '-') }} as accuracy_low,
        {{ wilson('accuracy.share', 'accuracy.z2n', '+') }} as accuracy_high,
        cast(coalesce(accuracy.inspected_items, 0) as integer) as inspected_items
    from reporter_months
    left join reports
        on reporter_months.reporter_code = reports.reporter_code and reporter_months.month = reports.month
    left join communes
        on reporter_months.reporter_code = communes.reporter_code and reporter_months.month = communes.month
    left join contents
        on reporter_months.reporter_code = contents.reporter_code and reporter_months.month = contents.month
    left join accuracy
        on reporter_months.reporter_code = accuracy.reporter_code and reporter_months.month = accuracy.month
)

select
    *,
    {{ trend_columns(['reporting_rate', 'timeliness', 'row_completeness', 'cell_completeness', 'consistency'], key='reporter_code') }}
from scores
