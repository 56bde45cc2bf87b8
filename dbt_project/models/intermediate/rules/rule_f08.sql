with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and not is_register
)

select {{ rule_row('F08', {
    'outcome': outcome('submissions.supersedes_submission_id is not null'),
    'reporter_code': 'submissions.reporter_code',
    'form': 'submissions.form',
    'period': 'submissions.period',
    'submission_id': 'submissions.submission_id',
    'value': 'submissions.path',
    'related_submission_id': 'earlier.submission_id',
    'related_sheet': 'earlier.sheets',
    'related_value': 'earlier.path',
    'detected_at': 'submissions.received_at'
}) }}
from submissions
left join submissions as earlier
    on submissions.supersedes_submission_id = earlier.submission_id
