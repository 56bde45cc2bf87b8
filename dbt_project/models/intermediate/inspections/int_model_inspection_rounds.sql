-- Rounds (days) of inspection in a month that visited a model formed within the months set for it; no row where the month's V01 is not there.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

visits as (
    select * from {{ ref('int_new_model_visits') }}
)

select
    submissions.month,
    count(distinct visits.inspected_on) as rounds
from submissions
left join visits
    on submissions.submission_id = visits.submission_id
group by submissions.month
