with source as (
    select * from {{ source('landed', 'register_matches') }}
),

registers as (
    select
        submissions.submission_id,
        deliveries.first_seen_no
    from {{ source('landed', 'submissions') }} as submissions
    inner join {{ source('landed', 'deliveries') }} as deliveries
        on submissions.delivery_id = deliveries.delivery_id
),

renamed as (
    select
        source.register_submission_id,
        source.sheet,
        source.row_number,
        source.register_no,
        source.received_at,
        source.sender_code,
        source.period,
        source.file_name,
        source.matched_path,
        source.is_withdrawal,
        registers.first_seen_no as register_seen_no,
        -- the same file may come twice at one moment: such rows of one register are different rows
        row_number() over (
            partition by
                source.register_submission_id, source.file_name, source.matched_path, source.received_at, source.is_withdrawal
            order by source.register_no
        ) as repetition
    from source
    inner join registers
        on source.register_submission_id = registers.submission_id
),

-- a register grows: each of its contents repeats the rows of the one before, and the newest row per key wins
newest as (
    select *
    from renamed
    qualify row_number() over (
        partition by file_name, matched_path, received_at, is_withdrawal, repetition
        order by register_seen_no desc, register_no desc
    ) = 1
)

select
    register_submission_id,
    sheet,
    row_number,
    -- over several registers: by register, then by row
    row_number() over (order by register_seen_no, register_no) as register_no,
    received_at,
    sender_code,
    period,
    file_name,
    matched_path,
    is_withdrawal
from newest
