-- What was answered to findings (V04), by the day asked for. A row counts from its file's time in the register, else from its own day.
with deliveries as (
    select * from {{ ref('int_deliveries') }}
),

submissions as (
    select * from {{ ref('stg_landed__submissions') }}
),

-- receipts of before there was a secret cite the ids of then
former_ids as (
    select distinct
        former_finding_id,
        finding_id
    from {{ ref('int_identified_findings') }}
),

answers as (
    select
        coalesce(former_ids.finding_id, v04.finding_id) as finding_id,
        v04.explanation,
        v04.is_accepted,
        v04.delivery_id,
        v04.submission_id,
        v04.sheet,
        v04.table_no,
        v04.row_number,
        deliveries.path,
        deliveries.received_seq,
        submissions.reporter_code as issuer_code,
        coalesce(deliveries.register_sender_code, submissions.path_reporter_code) as sender_code,
        {{ is_of_office('submissions', 'deliveries') }} as is_of_office,
        case
            when deliveries.is_in_register or v04.explained_on is null then deliveries.received_at
            else {{ start_of_local_day('v04.explained_on') }}
        end as counted_from
    from {{ ref('stg_office__v04') }} as v04
    inner join deliveries
        on v04.delivery_id = deliveries.delivery_id
    inner join submissions
        on v04.submission_id = submissions.submission_id
    left join former_ids
        on v04.finding_id = former_ids.former_finding_id
    where
        v04.unused_reason is null
        and not deliveries.is_withdrawn
)

select
    finding_id,
    explanation,
    delivery_id,
    submission_id,
    sheet,
    table_no,
    row_number,
    path,
    is_of_office,
    -- who only calls himself the Office is whom the register or the path names
    case when issuer_code = {{ coordination_office() }} and not is_of_office then sender_code else issuer_code end as reporter_code,
    counted_from,
    is_accepted as is_marked_accepted,
    case when is_of_office then is_accepted end as is_accepted,
    row_number() over (order by counted_from, received_seq, sheet, row_number) as answer_no
from answers
where {{ local_date('counted_from') }} <= {{ as_of() }}
