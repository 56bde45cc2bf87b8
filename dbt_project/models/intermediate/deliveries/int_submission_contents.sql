-- What each submission says, as one number that is the same in whatever order its rows come, and how many value cells it fills.
with own_cells as (
    select * from {{ ref('stg_landed__own_cells') }}
),

fields as (
    select * from {{ ref('stg_landed__form_fields') }} where is_compared
),

own_rows as (
    select
        own_cells.submission_id,
        own_cells.landed_no,
        own_cells.item_key,
        {{ joined_text(key_text(['own_cells.field', 'own_cells.value']), '\x1e', 'own_cells.field_no') }} as cells,
        count(own_cells.value) as value_cells
    from own_cells
    inner join fields
        on own_cells.form = fields.form and own_cells.field = fields.field
    group by own_cells.submission_id, own_cells.form, own_cells.landed_no, own_cells.item_key
),

rows_of_reports as (
    {% for form in forms() if not form.is_register %}
    select
        submission_id,
        {{ row_hash(["coalesce(item_key, '')"] + form.fields) }} as row_hash,
        {% for field in form.fields %}case when {{ field }} is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %} as value_cells
    from {{ ref(form.model) }}
    union all
    {% endfor %}
    select
        submission_id,
        {{ row_hash(["coalesce(item_key, '')", "cells"]) }} as row_hash,
        value_cells
    from own_rows
)

select
    submission_id,
    {{ sum_of_hashes('row_hash') }} as content_hash,
    sum(value_cells) as value_cells
from rows_of_reports
group by submission_id
