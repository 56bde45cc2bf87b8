with verdicts as (
    select * from {{ ref('int_indicator_verdicts') }}
)

select
    month,
    period,
    reporter_code,
    commune_code,
    district_code,
    criteria_set_id,
    cast(criterion_no as integer) as criterion_no,
    indicator_no,
    verified_status,
    verified_value,
    checked_on,
    is_in_charge,
    submission_id
from verdicts
