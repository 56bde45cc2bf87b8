-- All criteria claimed in the quarter's last month, against the verdicts of the departments that sent their S01 for the quarter.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }} where month(month) in (3, 6, 9, 12)
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
    select * from {{ ref('int_department_verdicts') }}
),

expected_verdicts as (
    select
        h01_rows.row_id,
        departments_heard.name_vi,
        {{ criterion_value('verdicts.verdict', 'criteria.criterion_no') }} is null as is_lacking
    from h01_rows
    inner join criteria
        on h01_rows.criteria_set_id = criteria.criteria_set_id
    inner join departments_heard
        on
            criteria.responsible_reporter_code = departments_heard.reporter_code
            and h01_rows.month = departments_heard.month
    left join verdicts
        on h01_rows.month = verdicts.month and h01_rows.commune_code = verdicts.commune_code
    where h01_rows.criteria_met = h01_rows.criteria_total
),

lacking as (
    select
        row_id,
        bool_or(is_lacking) as is_any_lacking,
        {{ distinct_list('case when is_lacking then name_vi end') }} as departments
    from expected_verdicts
    group by row_id
),

-- who of those in charge of a set was heard in a month
heard as (
    select
        departments_heard.month,
        criteria.criteria_set_id,
        max(departments_heard.received_at) as heard_at
    from departments_heard
    inner join criteria
        on departments_heard.reporter_code = criteria.responsible_reporter_code
    group by departments_heard.month, criteria.criteria_set_id
),

compared as (
    select
        h01_rows.*,
        lacking.departments,
        heard.heard_at,
        case
            when heard.month is null then 'no_report'
            when h01_rows.criteria_unknown > 0 then 'side_unknown'
        end as obstacle,
        coalesce(lacking.is_any_lacking, false) as is_failed
    from h01_rows
    left join heard
        on h01_rows.month = heard.month and h01_rows.criteria_set_id = heard.criteria_set_id
    left join lacking
        on h01_rows.row_id = lacking.row_id
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
    'cell_field': "case when criteria_met_stated is null then 'commune' else 'criteria_met_stated' end",
    'field': "'criteria_met_stated'",
    'value': 'criteria_met',
    'value_kind': "'number'",
    'related_value': 'departments',
    'detected_at': 'greatest(received_at, heard_at)'
}) }}
from compared
