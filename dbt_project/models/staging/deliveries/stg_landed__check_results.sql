select
    suite,
    check_name,
    severity,
    is_passed,
    observed_value,
    as_of,
    built_at
from {{ source('landed', 'check_results') }}
