select
    message_key,
    report_no,
    direction,
    message_kind,
    reporter_code,
    form,
    period,
    exchanged_at,
    verdict,
    submission_id
from {{ ref('int_messages') }}
