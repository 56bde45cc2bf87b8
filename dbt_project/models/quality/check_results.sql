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
from {{ ref('stg_landed__check_results') }}
