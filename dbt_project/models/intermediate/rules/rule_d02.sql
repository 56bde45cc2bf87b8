-- A correction does not make a report late, nor cure its lateness: the finding stands on the submission that stands.
with obligations as (
    select * from {{ ref('int_obligations') }}
)

select {{ rule_row('D02', {
    'outcome': "case status when 'late' then 'failed' when 'on_time' then 'passed' else 'not_evaluated' end",
    'outcome_reason': "case when status in ('not_yet_due', 'excused', 'held') then status when status not in ('late', 'on_time') then 'no_report' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'value': "cast(" ~ local_date('first_received_at') ~ " as string)",
    'value_kind': "'day'",
    'expected': 'cast(due_on as string)',
    'expected_kind': "'day'",
    'difference': 'days_late',
    'detected_at': 'first_received_at'
}) }}
from obligations
