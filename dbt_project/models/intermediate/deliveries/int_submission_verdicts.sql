with candidates as (
    select * from {{ ref('int_candidate_submissions') }}
),

held as (
    select * from {{ ref('int_held_submissions') }}
),

judged as (
    select
        candidates.*,
        held.doubt as held_because,
        held.compared_submission_id as held_against_submission_id,
        held.decision,
        -- held, and not let in
        held.submission_id is not null and coalesce(held.decision <> 'let_in', true) as is_held_back,
        case
            when candidates.is_usable and held.submission_id is null then candidates.received_at
            when candidates.is_usable and held.decision = 'let_in' then greatest(candidates.received_at, held.decided_at)
        end as counted_from,
        case
            when candidates.verdict_alone <> 'usable' then candidates.verdict_alone
            when held.submission_id is null or held.decision = 'let_in' then 'accepted'
            when held.decision = 'refuse' then 'rejected'
            else 'held'
        end as verdict
    from candidates
    left join held
        on candidates.submission_id = held.submission_id
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
    month,
    every,
    period_start,
    period_end,
    reporter_source,
    period_source,
    sheet_reporter_code,
    sheet_period,
    register_period,
    sheets,
    sender_code,
    file_name,
    path,
    received_at,
    first_received_at,
    received_seq,
    case when verdict = 'accepted' and superseded_by_submission_id is not null then 'superseded' else verdict end as verdict,
    -- from when its figures count: what was let in, from that decision on
    counted_from,
    held_because,
    held_against_submission_id,
    is_held_back,
    -- held, nobody has decided, and nothing accepted came since: the Office is asked
    coalesce(verdict = 'held' and coalesce(last_accepted_seq <= received_seq, true), false) as is_asked_about,
    verdict = 'accepted' as is_accepted,
    verdict = 'accepted' and superseded_by_submission_id is null as is_current,
    superseded_by_submission_id,
    supersedes_submission_id,
    -- what its findings say still holds: it stands, or it was rejected and nothing was accepted since
    case verdict
        when 'accepted' then superseded_by_submission_id is null
        when 'rejected' then not is_held_back and coalesce(last_accepted_seq <= received_seq, true)
        else false
    end as is_standing,
    is_register,
    is_nil,
    rows_read,
    rows_used,
    case
        when is_held_back and verdict in ('held', 'rejected') then 'F15'
        when verdict <> 'rejected' then null
        when not is_future then landed_reason
        when landed_reason is null then 'F04'
        when landed_reason like '%F04%' then landed_reason
        else landed_reason || ';F04'
    end as reason
from ranked
