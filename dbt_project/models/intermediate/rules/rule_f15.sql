-- A doubtful submission that would have replaced an accepted one: it is held until the Office has decided, or a clear one is accepted.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where not is_register and (is_accepted or held_because is not null)
)

select {{ rule_row('F15', {
    'variant': "coalesce(submissions.held_because, '')",
    'outcome': outcome('submissions.held_because is not null'),
    'reporter_code': 'submissions.reporter_code',
    'form': 'submissions.form',
    'period': 'submissions.period',
    'submission_id': 'submissions.submission_id',
    'file': 'submissions.path',
    'sheet': 'submissions.sheets',
    'item_key': 'submissions.submission_id',
    'value': "case submissions.held_because when 'fewer_rows' then cast(submissions.rows_used as string) when 'sender' then submissions.sender_code when 'mailed_by_another' then submissions.sender_code when 'period' then submissions.register_period end",
    'value_kind': "case submissions.held_because when 'fewer_rows' then 'number' when 'sender' then 'reporter' when 'mailed_by_another' then 'reporter' when 'period' then 'period' end",
    'related_submission_id': 'accepted.submission_id',
    'related_sheet': 'accepted.sheets',
    'related_value': "case submissions.held_because when 'fewer_rows' then cast(accepted.rows_used as string) when 'sender' then accepted.sender_code end",
    'related_kind': "case submissions.held_because when 'fewer_rows' then 'number' when 'sender' then 'reporter' end",
    'detected_at': 'submissions.received_at'
}) }}
from submissions
left join {{ ref('int_submission_verdicts') }} as accepted
    on submissions.held_against_submission_id = accepted.submission_id
