-- A message that brought deliveries has a row per report in them, with what became of it, one that answers in words a row per report that it is
-- about; all else stands as it was written down.
with messages as (
    select * from {{ ref('stg_landed__messages') }}
    where {{ local_date('exchanged_at') }} <= {{ as_of() }}
),

mailed as (
    select * from {{ ref('int_submission_verdicts') }}
    where {{ is_mailed('path') }}
),

reports as (
    select
        *,
        split_part(path, '/', 2) || '/' || split_part(path, '/', 3) as place
    from mailed
    union all
    select
        *,
        path as place
    from mailed
)

select
    messages.message_key,
    cast(
        row_number() over (
            partition by messages.message_key order by messages.report_no, reports.form nulls last, reports.period nulls last, reports.submission_id
        ) as integer
    ) as report_no,
    messages.direction,
    messages.message_kind,
    -- a message may bring reports of several
    coalesce(messages.reporter_code, reports.reporter_code) as reporter_code,
    coalesce(messages.form, reports.form) as form,
    coalesce(messages.period, reports.period) as period,
    messages.exchanged_at,
    -- nothing in it was recognised as a report
    coalesce(messages.verdict, reports.verdict, 'no_report') as verdict,
    reports.submission_id,
    messages.note
from messages
left join reports
    on messages.place = reports.place
