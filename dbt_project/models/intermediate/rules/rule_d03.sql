with obligations as (
    select * from {{ ref('int_obligations') }}
)

select {{ rule_row('D03', {
    'outcome': "case status when 'rejected_only' then 'failed' when 'not_yet_due' then 'not_evaluated' when 'excused' then 'not_evaluated' when 'held' then 'not_evaluated' when 'missing' then 'not_evaluated' else 'passed' end",
    'outcome_reason': "case when status in ('not_yet_due', 'excused', 'held') then status when status = 'missing' then 'no_report' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'value': 'period',
    'value_kind': "'period'",
    'file': 'rejected_file',
    'related_value': "split_part(rejected_reason, ';', 1)",
    'related_kind': "'code'",
    'expected': 'cast(due_on as string)',
    'expected_kind': "'day'",
    'difference': 'days_overdue',
    'detected_at': end_of_local_day('due_on')
}) }}
from obligations
