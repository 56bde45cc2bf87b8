-- Intake added up the rows that each total row stands for; sums of decimals are compared to a hundred-thousandth of a millionth.
-- A total row that fits once a repeated row (R03) is left out says so once, whatever number of its columns are too high by that row.
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
        totals.stated - totals.computed as difference,
        abs(totals.stated - totals.computed) > 1e-6 * greatest(1, abs(totals.computed)) as is_different,
        totals.fits_without_row is not null as is_explained
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
),

ranked as (
    select
        *,
        is_explained
        and is_different
        and row_number() over (
            partition by submission_id, sheet, table_no, row_number, is_known, is_different
            order by length(column_letter) nulls last, column_letter nulls last
        ) > 1 as is_said_already
    from compared
)

select {{ rule_row('K02', {
    'variant': "case when is_explained then 'repeated' else '' end",
    'outcome': outcome('case when is_known and not is_said_already then is_different end'),
    'outcome_reason': "case when not is_known then 'side_unknown' when is_said_already then 'repeated_row' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'cell': "column_letter || cast(row_number as string)",
    'field': 'field',
    'value': plain_number('stated'),
    'value_kind': "'number'",
    'expected': plain_number('computed'),
    'expected_kind': "'number'",
    'related_value': "case when is_explained then 'row ' || cast(fits_without_row as string) end",
    'related_kind': "case when is_explained then 'places' end",
    'difference': 'difference',
    'detected_at': 'received_at'
}) }}
from ranked
