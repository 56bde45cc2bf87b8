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
    place,
    note
from {{ source('landed', 'messages') }}
