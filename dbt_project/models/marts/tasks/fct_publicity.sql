with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'M01' and submission_id is not null
),

activities as (
    select * from {{ ref('stg_media__m01') }} where unused_reason is null
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'activity'
)

select
    submissions.month,
    submissions.reporter_code,
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
    {{ cell_address('cells', 'activities.row_number') }} as cell
from activities
inner join submissions
    on activities.submission_id = submissions.submission_id
left join cells
    on
        activities.submission_id = cells.submission_id
        and activities.sheet = cells.sheet
        and activities.table_no = cells.table_no
