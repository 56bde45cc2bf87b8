-- What the register says as of the day asked: each row counts from its own time.
select
    register_submission_id,
    sheet,
    row_number,
    register_no,
    received_at,
    sender_code,
    period,
    file_name,
    matched_path,
    is_withdrawal
from {{ ref('stg_landed__register_matches') }}
where {{ local_date('received_at') }} <= {{ as_of() }}
