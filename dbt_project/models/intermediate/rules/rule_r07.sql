-- A row of C01 counts for the task that it means; one that means none of the register counts for nothing.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

looked_at as (
    select
        task_rows.submission_id,
        task_rows.sheet,
        task_rows.table_no,
        task_rows.row_number,
        task_rows.item_key,
        task_rows.reported,
        task_rows.reported_field,
        count(task_rows.task_code) > 0 as is_known
    from {{ ref('int_task_rows') }} as task_rows
    group by
        task_rows.submission_id,
        task_rows.sheet,
        task_rows.table_no,
        task_rows.row_number,
        task_rows.item_key,
        task_rows.reported,
        task_rows.reported_field
)

select {{ rule_row('R07', {
    'outcome': outcome('not looked_at.is_known'),
    'reporter_code': 'submissions.reporter_code',
    'form': 'submissions.form',
    'period': 'submissions.period',
    'submission_id': 'submissions.submission_id',
    'sheet': 'looked_at.sheet',
    'table_no': 'looked_at.table_no',
    'row_number': 'looked_at.row_number',
    'field': 'looked_at.reported_field',
    'item_key': 'looked_at.item_key',
    'value': 'looked_at.reported',
    'detected_at': 'submissions.received_at'
}) }}
from looked_at
inner join submissions
    on looked_at.submission_id = submissions.submission_id
