with marks as (
    select * from {{ ref('int_h01_marks') }}
),

h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

previous as (
    select * from {{ ref('int_h01_previous') }}
),

compared as (
    select
        h01_rows.reporter_code,
        h01_rows.period,
        h01_rows.received_at,
        h01_rows.note,
        previous.*,
        marks.criterion_no,
        marks.status,
        earlier_marks.status as earlier_status
    from marks
    inner join h01_rows
        on
            marks.submission_id = h01_rows.submission_id
            and marks.sheet = h01_rows.sheet
            and marks.table_no = h01_rows.table_no
            and marks.row_number = h01_rows.row_number
    inner join previous
        on
            marks.submission_id = previous.submission_id
            and marks.sheet = previous.sheet
            and marks.table_no = previous.table_no
            and marks.row_number = previous.row_number
    left join marks as earlier_marks
        on
            previous.earlier_submission_id = earlier_marks.submission_id
            and previous.earlier_sheet = earlier_marks.sheet
            and previous.earlier_table_no = earlier_marks.table_no
            and previous.earlier_row_number = earlier_marks.row_number
            and marks.criterion_no = earlier_marks.criterion_no
)

select {{ rule_row('X01', {
    'outcome': outcome("case when obstacle is null and status is not null and earlier_status is not null then earlier_status = 'met' and status = 'not_met' and note is null end"),
    'outcome_reason': "coalesce(obstacle, case when status is null or earlier_status is null then 'side_unknown' end)",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criterion_' || cast(criterion_no as varchar)",
    'value': 'status',
    'expected': "'met'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': "'criterion_' || cast(criterion_no as varchar)",
    'related_value': 'earlier_status',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
