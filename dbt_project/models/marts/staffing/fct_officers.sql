with officers as (
    select * from {{ ref('int_officers') }}
)

select
    month,
    period,
    form,
    office_code,
    field,
    is_full_time,
    cast(officers as integer) as officers,
    submission_id
from officers
