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

periods as (
    select * from {{ ref('stg_reference__periods') }}
),

submissions as (
    select
        submissions.submission_id,
        submissions.delivery_id,
        submissions.form,
        submissions.reporter_code,
        submissions.period,
        periods.period_start,
        periods.period_end,
        periods.month,
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
    left join periods
        on submissions.period = periods.period
),

dated as (
    select
        *,
        coalesce(not is_register and period_start > {{ local_date('received_at') }}, false) as is_future
    from submissions
),

-- reports are sent when their period is over, or some days before
doubtful as (
    select
        submission_id,
        every,
        ';' || likely_periods || ';' as named_periods,
        {{ add_days(local_date('received_at'), 10) }} as latest_end
    from dated
    where period is null or is_future
),

-- of the periods that are named, the first that is possible; else the last one of the form's frequency
likely as (
    select
        doubtful.submission_id,
        coalesce(
            min_by(periods.period, instr(doubtful.named_periods, ';' || periods.period || ';'))
                filter (where instr(doubtful.named_periods, ';' || periods.period || ';') > 0),
            max_by(periods.period, periods.period_end) filter (where periods.frequency = doubtful.every)
        ) as period
    from doubtful
    inner join periods
        on
            doubtful.latest_end >= periods.period_end
            and (doubtful.every = periods.frequency or instr(doubtful.named_periods, ';' || periods.period || ';') > 0)
    group by doubtful.submission_id
)

select
    dated.*,
    -- the report that it most likely means
    case when dated.period is not null and not dated.is_future then dated.period else likely.period end as known_period,
    dated.landed_status = 'usable' and not dated.is_future as is_usable,
    case
        when dated.is_withdrawn then dated.delivery_status
        when dated.landed_status = 'rejected' or dated.is_future then 'rejected'
        when dated.is_duplicate then 'duplicate'
        else 'usable'
    end as verdict_alone
from dated
left join likely
    on dated.submission_id = likely.submission_id
