with activities as (
    select * from {{ ref('int_publicity') }}
)

select
    activities.month,
    activities.reporter_code,
    activities.activity,
    activities.format,
    cast(activities.planned as integer) as planned,
    cast(activities.done as integer) as done,
    activities.budget_million_vnd,
    activities.appraised_million_vnd,
    activities.appraised_million_vnd is not null as is_appraised,
    activities.promotes_local_goods as is_promoting_local_goods,
    activities.submission_id,
    activities.sheet,
    activities.cell
from activities
