-- The reporter named does not exist on the period's last day (its report is kept and feeds nothing), or sheet and register name two
-- reporters: the sheet wins. What is not recognised at all is intake's; a period that has not begun is F04.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where not is_register and verdict <> 'duplicate'
),

deliveries as (
    select * from {{ ref('int_deliveries') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

known as (
    select
        reporter_code,
        max_by(name_vi, valid_from) as name_vi
    from reporters
    group by reporter_code
),

compared as (
    select
        submissions.*,
        deliveries.register_sender_code,
        known.name_vi,
        coalesce(
            known.reporter_code is not null
            and reporters.reporter_code is null
            and submissions.period_start <= {{ local_date('submissions.received_at') }},
            false
        ) as is_of_other_time
    from submissions
    inner join deliveries
        on submissions.delivery_id = deliveries.delivery_id
    left join known
        on submissions.reporter_code = known.reporter_code
    left join reporters
        on
            submissions.reporter_code = reporters.reporter_code
            and {{ is_valid_on('submissions.period_end', 'reporters') }}
)

select {{ rule_row('F03', {
    'variant': "case when is_of_other_time then 'other_time' else 'register' end",
    'outcome': outcome('is_of_other_time or sheet_reporter_code <> register_sender_code'),
    'outcome_reason': "case when not is_of_other_time and (register_sender_code is null or sheet_reporter_code is null) then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'known_period',
    'submission_id': 'submission_id',
    'delivery_id': 'delivery_id',
    'file': 'path',
    'sheet': 'sheets',
    'value': 'case when is_of_other_time then name_vi else sheet_reporter_code end',
    'value_kind': "case when is_of_other_time then null else 'reporter' end",
    'related_value': 'case when is_of_other_time then cast(period_end as string) else register_sender_code end',
    'related_kind': "case when is_of_other_time then 'day' else 'reporter' end",
    'detected_at': 'received_at'
}) }}
from compared
