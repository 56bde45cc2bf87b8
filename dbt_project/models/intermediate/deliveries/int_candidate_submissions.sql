-- Every submission received by the day asked for, with what can be said of it by itself: is it usable, and what makes it doubtful.
with deliveries as (
    select * from {{ ref('int_deliveries') }}
),

contents as (
    select * from {{ ref('int_submission_contents') }}
),

forms as (
    select * from {{ ref('stg_landed__forms') }}
),

submissions as (
    select
        submissions.submission_id,
        submissions.delivery_id,
        submissions.form,
        submissions.reporter_code,
        submissions.period,
        {{ period_start('submissions.period') }} as period_start,
        {{ period_end('submissions.period') }} as period_end,
        submissions.reporter_source,
        submissions.period_source,
        submissions.sheet_reporter_code,
        submissions.sheet_period,
        submissions.sheets,
        submissions.status as landed_status,
        submissions.reason as landed_reason,
        submissions.likely_periods,
        coalesce(submissions.is_nil, false) as is_nil,
        submissions.rows_read,
        submissions.rows_used,
        coalesce(submissions.is_titled, true) as is_titled,
        submissions.disagrees_on,
        -- whoever sent it: by the register, else by the folder it came to, else who reports
        coalesce(deliveries.register_sender_code, submissions.path_reporter_code, submissions.reporter_code) as sender_code,
        deliveries.register_period,
        {{ is_mailed_by_another('deliveries.path', 'deliveries.register_sender_code', 'submissions.reporter_code') }} as is_mailed_by_another,
        contents.content_hash,
        -- registers accumulate: every row counts, none is replaced with its file
        forms.is_register,
        forms.every,
        deliveries.file_name,
        deliveries.path,
        deliveries.received_at,
        deliveries.first_received_at,
        deliveries.received_seq,
        deliveries.is_withdrawn,
        deliveries.status as delivery_status,
        deliveries.ended_at,
        deliveries.duplicate_of_delivery_id is not null as is_duplicate,
        -- whose, as far as anything says so: a rejected one may not know it itself
        coalesce(submissions.reporter_code, deliveries.reporter_code) as known_reporter_code
    from {{ ref('stg_landed__submissions') }} as submissions
    inner join deliveries
        on submissions.delivery_id = deliveries.delivery_id
    inner join forms
        on submissions.form = forms.form
    left join contents
        on submissions.submission_id = contents.submission_id
),

dated as (
    select
        *,
        coalesce(not is_register and period_start > {{ local_date('received_at') }}, false) as is_future
    from submissions
)

select
    *,
    -- the report that it most likely means
    case
        when period is not null and not is_future then period
        else {{ likely_period('likely_periods', 'every', local_date('received_at')) }}
    end as known_period,
    landed_status = 'usable' and not is_future as is_usable,
    case
        when is_withdrawn then delivery_status
        when landed_status = 'rejected' or is_future then 'rejected'
        when is_duplicate then 'duplicate'
        else 'usable'
    end as verdict_alone
from dated
