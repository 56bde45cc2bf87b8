select
    suite,
    check_name,
    severity,
    is_passed,
    observed_value,
    as_of,
    built_at
from {{ ref('stg_landed__check_results') }}
