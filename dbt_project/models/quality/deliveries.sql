select
    delivery_id,
    path,
    sha256,
    bytes,
    received_at,
    received_from,
    status,
    reason,
    file_name,
    reporter_code,
    period,
    duplicate_of_delivery_id,
    withdrawn_at
from {{ ref('int_deliveries') }}
