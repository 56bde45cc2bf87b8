select
    suite,
    check_name,
    severity,
    is_passed,
    observed_value,
    rows_checked,
    rows_failed,
    message_vi,
    message_en,
    as_of,
    built_at
from {{ source('landed', 'check_results') }}
