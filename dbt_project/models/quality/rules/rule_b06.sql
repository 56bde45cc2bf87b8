-- All criteria claimed in the quarter's last month, against the verdicts of the departments that sent their S01 for the quarter.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }} where month(month) in (3, 6, 9, 12)
),

counts as (
    select * from {{ ref('int_h01_counts') }}
),

criteria as (
    select * from {{ ref('stg_reference__criteria') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

departments_heard as (
    select
        submissions.reporter_code,
        reporters.name_vi,
        submissions.month,
        submissions.received_at
    from {{ ref('int_submission_verdicts') }} as submissions
    inner join reporters
        on
            submissions.reporter_code = reporters.reporter_code
            and {{ is_valid_on('submissions.period_end', 'reporters') }}
    where submissions.is_current and submissions.form = 'S01'
),

verdicts as (
    select * from {{ ref('int_department_verdicts') }} where status is not null
),

expected_verdicts as (
    select
        h01_rows.submission_id,
        h01_rows.sheet,
        h01_rows.table_no,
        h01_rows.row_number,
        criteria.criterion_no,
        departments_heard.name_vi,
        departments_heard.received_at,
        verdicts.criterion_no is null as is_lacking
    from h01_rows
    inner join criteria
        on h01_rows.criteria_set_id = criteria.criteria_set_id
    inner join departments_heard
        on
            criteria.responsible_reporter_code = departments_heard.reporter_code
            and h01_rows.month = departments_heard.month
    left join verdicts
        on
            h01_rows.month = verdicts.month
            and h01_rows.commune_code = verdicts.commune_code
            and criteria.criterion_no = verdicts.criterion_no
),

lacking as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        bool_or(is_lacking) as is_any_lacking,
        {{ joined('case when is_lacking then name_vi end') }} as departments,
        max(received_at) as heard_at
    from expected_verdicts
    group by submission_id, sheet, table_no, row_number
),

compared as (
    select
        h01_rows.*,
        counts.criteria_met,
        lacking.departments,
        lacking.heard_at,
        case
            when lacking.submission_id is null then 'no_report'
            when counts.criteria_unknown > 0 then 'side_unknown'
        end as obstacle,
        counts.criteria_met = h01_rows.criteria_total and lacking.is_any_lacking as is_failed
    from h01_rows
    inner join counts
        on
            h01_rows.submission_id = counts.submission_id
            and h01_rows.sheet = counts.sheet
            and h01_rows.table_no = counts.table_no
            and h01_rows.row_number = counts.row_number
    left join lacking
        on
            h01_rows.submission_id = lacking.submission_id
            and h01_rows.sheet = lacking.sheet
            and h01_rows.table_no = lacking.table_no
            and h01_rows.row_number = lacking.row_number
)

select {{ rule_row('B06', {
    'outcome': outcome('case when obstacle is null then is_failed end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criteria_met_stated'",
    'value': 'criteria_met',
    'related_value': 'departments',
    'detected_at': 'greatest(received_at, heard_at)'
}) }}
from compared
