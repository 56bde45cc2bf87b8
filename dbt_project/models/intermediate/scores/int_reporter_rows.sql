-- What the reports that stand are made of: rows, the cells that a row must have and has, and rows that are in doubt.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_current and not is_register
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
)

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
