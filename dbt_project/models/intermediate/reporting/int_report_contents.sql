-- What each accepted report says, as one number that is the same in whatever order its rows come, and how many value cells it fills.
with rows_of_reports as (
    {% for form in forms() if not form.is_register %}
    select
        submission_id,
        {{ row_hash(["coalesce(item_key, '')"] + form.fields) }} as row_hash,
        {% for field in form.fields %}case when {{ field }} is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %} as value_cells
    from {{ ref(form.model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

contents as (
    select
        submission_id,
        sum(row_hash) as content_hash,
        sum(value_cells) as value_cells
    from rows_of_reports
    group by submission_id
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
