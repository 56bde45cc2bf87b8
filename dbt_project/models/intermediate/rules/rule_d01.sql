with obligations as (
    select * from {{ ref('int_obligations') }}
)

select {{ rule_row('D01', {
    'outcome': "case status when 'missing' then 'failed' when 'not_yet_due' then 'not_evaluated' when 'excused' then 'not_evaluated' when 'held' then 'not_evaluated' else 'passed' end",
    'outcome_reason': "case when status in ('not_yet_due', 'excused', 'held') then status end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'value': 'period',
    'value_kind': "'period'",
    'expected': 'cast(due_on as string)',
    'expected_kind': "'day'",
    'difference': 'days_overdue',
    'detected_at': end_of_local_day('due_on')
}) }}
from obligations
