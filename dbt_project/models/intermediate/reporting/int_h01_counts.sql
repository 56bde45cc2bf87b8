select
    submission_id,
    sheet,
    table_no,
    row_number,
    count(*) as criteria_given,
    count(case when status = 'met' then 1 end) as criteria_met,
    count(case when status is null then 1 end) as criteria_unknown
from {{ ref('int_h01_marks') }}
group by submission_id, sheet, table_no, row_number
