-- Sheet and register name two reporters: the sheet wins. What is not recognised at all is intake's.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where not is_register and verdict <> 'duplicate'
),

deliveries as (
    select * from {{ ref('int_deliveries') }}
)

select {{ rule_row('F03', {
    'variant': "'register'",
    'outcome': outcome('submissions.sheet_reporter_code <> deliveries.register_sender_code'),
    'outcome_reason': "case when deliveries.register_sender_code is null or submissions.sheet_reporter_code is null then 'side_unknown' end",
    'reporter_code': 'submissions.reporter_code',
    'form': 'submissions.form',
    'period': 'submissions.period',
    'submission_id': 'submissions.submission_id',
    'delivery_id': 'submissions.delivery_id',
    'file': 'submissions.path',
    'sheet': 'submissions.sheets',
    'value': 'submissions.sheet_reporter_code',
    'related_value': 'deliveries.register_sender_code',
    'detected_at': 'submissions.received_at'
}) }}
from submissions
inner join deliveries
    on submissions.delivery_id = deliveries.delivery_id
