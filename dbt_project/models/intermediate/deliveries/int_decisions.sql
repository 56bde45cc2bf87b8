-- Rows of the register of decisions that have come by the day asked for: what each is about, from when it counts, and why one can't be followed.
with deliveries as (
    select * from {{ ref('int_received_deliveries') }}
),

submissions as (
    select * from {{ ref('stg_landed__submissions') }}
),

-- a row counts from its file's time in the register, else from its own day
decisions as (
    select
        v05.delivery_id,
        v05.submission_id,
        v05.sheet,
        v05.table_no,
        v05.row_number,
        v05.decision,
        v05.reason,
        v05.decided_submission_id,
        replace(v05.decided_path, chr(92), '/') as decided_path,
        lower(v05.decided_sha256) as decided_sha256,
        deliveries.path,
        deliveries.received_seq,
        case
            when deliveries.is_in_register or v05.decided_on is null then deliveries.received_at
            else {{ start_of_local_day('v05.decided_on') }}
        end as counted_from,
        {{ is_of_office('issued', 'deliveries') }} as is_of_office
    from {{ ref('stg_office__v05') }} as v05
    inner join deliveries
        on v05.delivery_id = deliveries.delivery_id
    inner join submissions as issued
        on v05.submission_id = issued.submission_id
    where
        v05.unused_reason is null
        and v05.decision is not null
        and deliveries.withdrawn_at is null
),

known as (
    select
        submissions.submission_id,
        submissions.delivery_id,
        submissions.form
    from submissions
    inner join deliveries
        on submissions.delivery_id = deliveries.delivery_id
),

-- a path that had several contents means none of them without a hash
contents as (
    select
        path,
        count(*) as contents,
        min(delivery_id) as only_delivery_id
    from deliveries
    group by path
),

registers as (
    select distinct known.delivery_id
    from known
    inner join {{ ref('stg_landed__forms') }} as forms
        on known.form = forms.form
    where forms.is_register
),

aimed as (
    select
        decisions.*,
        case when decisions.decision <> 'leave_out' then known.submission_id end as key_submission_id,
        case
            when decisions.decision = 'leave_out' or decisions.decided_submission_id is null
                then coalesce(
                    by_content.delivery_id, case when decisions.decided_sha256 is null and contents.contents = 1 then contents.only_delivery_id end,
                    known.delivery_id
                )
        end as key_delivery_id
    from decisions
    left join known
        on decisions.decided_submission_id = known.submission_id
    left join contents
        on decisions.decided_path = contents.path
    left join deliveries as by_content
        on decisions.decided_path = by_content.path and decisions.decided_sha256 = by_content.sha256
    where {{ local_date('decisions.counted_from') }} <= {{ as_of() }}
),

checked as (
    select
        aimed.*,
        coalesce(aimed.key_submission_id, aimed.key_delivery_id) as decided_key,
        case
            when not aimed.is_of_office then 'not_office'
            when coalesce(aimed.key_submission_id, aimed.key_delivery_id) is null and aimed.decided_submission_id is not null then 'no_submission'
            when coalesce(aimed.key_submission_id, aimed.key_delivery_id) is null then 'no_file'
            when aimed.key_delivery_id is not null and aimed.decision = 'refuse' then 'refused_file'
            when registers.delivery_id is not null then 'register'
        end as obstacle
    from aimed
    left join registers
        on aimed.key_delivery_id = registers.delivery_id
),

-- of two that say otherwise at one moment, nobody knows which is meant: neither counts
compared as (
    select
        *,
        coalesce(
            obstacle,
            case
                when min(case when obstacle is null then decision end) over same_moment <> max(case when obstacle is null then decision end) over same_moment
                    then 'contradiction'
            end
        ) as problem
    from checked
    window same_moment as (partition by decided_key, counted_from)
)

select
    delivery_id,
    submission_id,
    path,
    sheet,
    table_no,
    row_number,
    decision,
    reason,
    decided_submission_id,
    decided_path,
    key_submission_id,
    key_delivery_id,
    counted_from,
    problem,
    problem is null
    and row_number() over (
        partition by decided_key, problem is null
        order by counted_from desc, received_seq desc, sheet desc, row_number desc
    ) = 1 as is_newest
from compared
