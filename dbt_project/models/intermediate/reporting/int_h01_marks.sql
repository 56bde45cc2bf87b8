-- The marks of those rows, one a row for each criterion of the set in force; a mark that is blank or unreadable is NULL.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

criteria as (
    select * from {{ ref('stg_reference__criteria') }}
),

marks as (
    select * from {{ ref('stg_districts__h01_criteria') }}
)

select
    h01_rows.submission_id,
    h01_rows.sheet,
    h01_rows.table_no,
    h01_rows.row_number,
    h01_rows.commune_code,
    h01_rows.month_no,
    h01_rows.criteria_set_id,
    h01_rows.is_current,
    marks.criterion_no,
    marks.status
from h01_rows
inner join criteria
    on h01_rows.criteria_set_id = criteria.criteria_set_id
inner join marks
    on
        h01_rows.submission_id = marks.submission_id
        and h01_rows.sheet = marks.sheet
        and h01_rows.table_no = marks.table_no
        and h01_rows.row_number = marks.row_number
        and criteria.criterion_no = marks.criterion_no
