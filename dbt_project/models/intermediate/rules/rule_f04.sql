-- The period begins after the day of receipt, or sheet and register name two periods (a quarter and its last month are the same).
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where not is_register and verdict <> 'duplicate'
),

periods as (
    select * from {{ ref('stg_reference__periods') }}
),

compared as (
    select
        submissions.*,
        coalesce(submissions.period_start > {{ local_date('submissions.received_at') }}, false) as is_future,
        of_sheet.month <> of_register.month as is_different
    from submissions
    left join periods as of_sheet
        on submissions.sheet_period = of_sheet.period
    left join periods as of_register
        on submissions.register_period = of_register.period
)

select {{ rule_row('F04', {
    'variant': "case when is_future then 'future' else 'register' end",
    'outcome': outcome('is_future or is_different'),
    'outcome_reason': "case when not is_future and is_different is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'known_period',
    'submission_id': 'submission_id',
    'delivery_id': 'delivery_id',
    'file': 'path',
    'sheet': 'sheets',
    'value': "case when is_future then period else sheet_period end",
    'value_kind': "'period'",
    'related_value': "case when is_future then cast(" ~ local_date('received_at') ~ " as string) else register_period end",
    'related_kind': "case when is_future then 'day' else 'period' end",
    'detected_at': 'received_at'
}) }}
from compared
