-- What each accepted report says, as one number, and how many value cells it fills.
with contents as (
    select * from {{ ref('int_submission_contents') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
)

select
    submissions.submission_id,
    submissions.reporter_code,
    submissions.form,
    submissions.period,
    submissions.period_end,
    submissions.received_at,
    submissions.is_current,
    submissions.sheets,
    contents.content_hash,
    coalesce(contents.value_cells, 0) as value_cells
from submissions
left join contents
    on submissions.submission_id = contents.submission_id
where not submissions.is_register
