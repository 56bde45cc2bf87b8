-- Intake added up the rows that each total row stands for; sums of decimals are compared to a hundred-thousandth of a millionth.
-- A required cell that is blank (E02) may have been counted in the total all the same: then it fails only if what is there exceeds it.
with totals as (
    select * from {{ ref('stg_landed__totals') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and not is_register
),

findings as (
    select * from {{ ref('stg_landed__findings') }} where rule_id = 'E02'
),

blank_cells as (
    select distinct
        submission_id,
        sheet,
        field
    from findings
    where field is not null
),

blank_rows as (
    select distinct
        submission_id,
        sheet
    from findings
    where variant = 'row'
),

compared as (
    select
        submissions.reporter_code,
        submissions.form,
        submissions.period,
        submissions.received_at,
        totals.*,
        totals.unreadable_cells = 0
        and totals.computed is not null
        and (
            totals.stated <= totals.computed
            or (blank_cells.submission_id is null and blank_rows.submission_id is null)
        ) as is_known,
        totals.stated - totals.computed as difference
    from totals
    inner join submissions
        on totals.submission_id = submissions.submission_id
    left join blank_cells
        on
            totals.submission_id = blank_cells.submission_id
            and totals.sheet = blank_cells.sheet
            and totals.field = blank_cells.field
    left join blank_rows
        on
            totals.submission_id = blank_rows.submission_id
            and totals.sheet = blank_rows.sheet
)

select {{ rule_row('K02', {
    'outcome': outcome('case when is_known then abs(difference) > 1e-6 * greatest(1, abs(computed)) end'),
    'outcome_reason': "case when not is_known then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'cell': "column_letter || cast(row_number as varchar)",
    'field': 'field',
    'value': plain_number('stated'),
    'value_kind': "'number'",
    'expected': plain_number('computed'),
    'expected_kind': "'number'",
    'difference': 'difference',
    'detected_at': 'received_at'
}) }}
from compared
