-- What the departments' S01 that stand say of single indicators, row by row as they were sent.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'S01' and submission_id is not null
),

indicators as (
    select * from {{ ref('stg_departments__s01') }}
    where unused_reason is null and commune_code is not null and not {{ is_whole_criterion() }}
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
)

select
    submissions.month,
    submissions.period,
    submissions.reporter_code,
    indicators.commune_code,
    communes.district_code,
    criteria.criteria_set_id,
    indicators.criterion_no,
    indicators.indicator_no,
    indicators.status as verified_status,
    indicators.value as verified_value,
    indicators.checked_on,
    coalesce({{ in_list('submissions.reporter_code', 'criteria.responsible_reporter_code') }}, false) as is_in_charge,
    indicators.submission_id
from indicators
inner join submissions
    on indicators.submission_id = submissions.submission_id
left join criteria
    on submissions.month = criteria.month and indicators.criterion_no = criteria.criterion_no
left join communes
    on submissions.month = communes.month and indicators.commune_code = communes.commune_code
