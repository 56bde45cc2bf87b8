with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and supersedes_submission_id is not null
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

compared as (
    select
        submissions.*,
        {{ local_date('submissions.received_at') }} as received_on,
        {{ add_days('obligations.due_on', 'cast(period_closed_after.value as integer)') }} as closed_on
    from submissions
    {{ join_parameter('period_closed_after', 'submissions.period_end') }}
    left join obligations
        on
            submissions.reporter_code = obligations.reporter_code
            and submissions.form = obligations.form
            and submissions.period = obligations.period
)

select {{ rule_row('X07', {
    'outcome': outcome('received_on > closed_on'),
    'outcome_reason': "case when closed_on is null then 'not_expected' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'value': 'received_on',
    'value_kind': "'day'",
    'expected': 'closed_on',
    'expected_kind': "'day'",
    'related_submission_id': 'supersedes_submission_id',
    'difference': days_between('closed_on', 'received_on'),
    'detected_at': 'received_at'
}) }}
from compared
