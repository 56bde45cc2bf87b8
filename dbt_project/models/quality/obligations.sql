select
    reporter_code,
    form,
    period,
    due_on,
    status,
    first_received_at,
    cast(days_late as integer) as days_late,
    cast(days_overdue as integer) as days_overdue,
    submission_id,
    month,
    exception_reason
from {{ ref('int_obligations') }}
