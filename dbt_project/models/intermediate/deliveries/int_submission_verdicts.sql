with deliveries as (
    select * from {{ ref('int_deliveries') }}
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
        -- registers accumulate: every row counts, none is replaced with its file
        forms.is_register,
        forms.every,
        deliveries.file_name,
        deliveries.path,
        deliveries.received_at,
        deliveries.received_seq,
        deliveries.is_withdrawn,
        deliveries.duplicate_of_delivery_id is not null as is_duplicate,
        -- whose, as far as anything says so: a rejected one may not know it itself
        coalesce(submissions.reporter_code, deliveries.reporter_code) as known_reporter_code
    from {{ ref('stg_landed__submissions') }} as submissions
    inner join deliveries
        on submissions.delivery_id = deliveries.delivery_id
    inner join forms
        on submissions.form = forms.form
),

dated as (
    select
        *,
        coalesce(not is_register and period_start > {{ local_date('received_at') }}, false) as is_future
    from submissions
),

judged as (
    select
        *,
        -- the report that it most likely means
        case
            when period is not null and not is_future then period
            else {{ likely_period('likely_periods', 'every', local_date('received_at')) }}
        end as known_period,
        case
            when is_withdrawn then 'withdrawn'
            when landed_status = 'rejected' or is_future then 'rejected'
            when is_duplicate then 'duplicate'
            else 'accepted'
        end as verdict
    from dated
),

-- the last accepted one stands, whatever came unusable after it
ranked as (
    select
        *,
        lead(submission_id) over same_report as superseded_by_submission_id,
        lag(submission_id) over same_report as supersedes_submission_id,
        -- what was accepted since, for the same report; where it is not known which that is, at the same path
        case
            when known_reporter_code is null or known_period is null
                then max(case when verdict = 'accepted' then received_seq end) over (partition by path, form)
            else max(case when verdict = 'accepted' then received_seq end) over (partition by known_reporter_code, form, known_period)
        end as last_accepted_seq
    from judged
    window same_report as (
        partition by
            verdict = 'accepted' and not is_register,
            case when verdict <> 'accepted' or is_register then submission_id end,
            reporter_code,
            form,
            period
        order by received_seq, submission_id
    )
)

select
    submission_id,
    delivery_id,
    form,
    reporter_code,
    known_reporter_code,
    period,
    known_period,
    cast(date_trunc('month', period_end) as date) as month,
    period_start,
    period_end,
    reporter_source,
    period_source,
    sheet_reporter_code,
    sheet_period,
    sheets,
    file_name,
    path,
    received_at,
    received_seq,
    case when verdict = 'accepted' and superseded_by_submission_id is not null then 'superseded' else verdict end as verdict,
    verdict = 'accepted' as is_accepted,
    verdict = 'accepted' and superseded_by_submission_id is null as is_current,
    superseded_by_submission_id,
    supersedes_submission_id,
    -- what its findings say still holds: it stands, or it was rejected and nothing was accepted since
    case verdict
        when 'accepted' then superseded_by_submission_id is null
        when 'rejected' then coalesce(last_accepted_seq <= received_seq, true)
        else false
    end as is_standing,
    is_register,
    is_nil,
    rows_read,
    rows_used,
    case
        when verdict <> 'rejected' then null
        when not is_future then landed_reason
        when landed_reason is null then 'F04'
        when landed_reason like '%F04%' then landed_reason
        else landed_reason || ';F04'
    end as reason
from ranked
