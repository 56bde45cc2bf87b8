-- What each submission says, as one number that is the same in whatever order its rows come, and how many value cells it fills.
with rows_of_reports as (
    {% for form in forms() if not form.is_register %}
    select
        submission_id,
        {{ row_hash(["coalesce(item_key, '')"] + form.fields) }} as row_hash,
        {% for field in form.fields %}case when {{ field }} is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %} as value_cells
    from {{ ref(form.model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    submission_id,
    sum(row_hash) as content_hash,
    sum(value_cells) as value_cells
from rows_of_reports
group by submission_id
