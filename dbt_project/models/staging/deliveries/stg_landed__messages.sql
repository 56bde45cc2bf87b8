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
    folder
from {{ source('landed', 'messages') }}
