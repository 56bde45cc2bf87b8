-- Field by field, what a correction changed against the report it superseded; rows are the same by their key and its repetition.
{%- set of_either_side = [
    'reporter_code', 'form', 'period', 'item_key', 'unit_code', 'old_submission_id', 'new_submission_id', 'revised_at'
] %}
with fields as (
    select * from {{ ref('stg_landed__form_fields') }}
),

personal as (
    select distinct form from fields where is_personal
),

pairs as (
    select
        corrections.submission_id as new_submission_id,
        corrections.supersedes_submission_id as old_submission_id,
        corrections.reporter_code,
        corrections.form,
        corrections.period,
        corrections.received_at as revised_at
    from {{ ref('int_submission_verdicts') }} as corrections
    where corrections.is_accepted and corrections.supersedes_submission_id is not null
),

sides as (
    select *, new_submission_id as submission_id, true as is_new from pairs
    union all
    select *, old_submission_id as submission_id, false as is_new from pairs
),

{% for form in forms() if not form.is_register %}
{{ form.form | lower }}_rows as (
    select
        sides.*,
        told.item_key,
        {{ form.unit if form.unit else 'cast(null as string)' }} as unit_code,
        {% for field in form.fields %}
        {{ "case when " ~ field ~ " is not null then '•••' end" if field in form.personal else "cast(told." ~ field ~ " as string)" }} as v{{ loop.index }},
        {% endfor %}
        row_number() over (
            partition by sides.new_submission_id, sides.is_new, told.item_key
            order by told.sheet, told.table_no, told.row_number
        ) as repetition
    from {{ ref(form.model) }} as told
    inner join sides
        on told.submission_id = sides.submission_id
    where sides.form = '{{ form.form }}'
),

{{ form.form | lower }}_changes as (
    select
        {% for column in of_either_side %}
        coalesce(new.{{ column }}, old.{{ column }}) as {{ column }},
        {% endfor %}
        fields.field,
        new.submission_id is not null and old.submission_id is not null as is_on_both_sides,
        new.submission_id is not null as is_new,
        case fields.n {% for field in form.fields %}when {{ loop.index }} then old.v{{ loop.index }} {% endfor %}end as old_value,
        case fields.n {% for field in form.fields %}when {{ loop.index }} then new.v{{ loop.index }} {% endfor %}end as new_value
    from (select * from {{ form.form | lower }}_rows where is_new) as new
    full outer join (select * from {{ form.form | lower }}_rows where not is_new) as old
        on
            new.new_submission_id = old.new_submission_id
            and new.item_key is not distinct from old.item_key
            and new.repetition = old.repetition
    cross join (
        values {% for field in form.fields %}({{ loop.index }}, '{{ field }}'){{ ", " if not loop.last }}{% endfor %}
    ) as fields (n, field)
),
{% endfor %}

own_rows as (
    select
        sides.*,
        told.item_key,
        told.unit_code,
        told.field,
        case when fields.is_personal and told.value is not null then '•••' else told.value end as value,
        row_number() over (
            partition by sides.new_submission_id, sides.is_new, told.item_key, told.field
            order by told.sheet, told.table_no, told.row_number, told.landed_no
        ) as repetition
    from {{ ref('stg_landed__own_cells') }} as told
    inner join fields
        on told.form = fields.form and told.field = fields.field
    inner join sides
        on told.submission_id = sides.submission_id
    where fields.is_compared
),

own_changes as (
    select
        {% for column in of_either_side %}
        coalesce(new.{{ column }}, old.{{ column }}) as {{ column }},
        {% endfor %}
        coalesce(new.field, old.field) as field,
        new.submission_id is not null and old.submission_id is not null as is_on_both_sides,
        new.submission_id is not null as is_new,
        old.value as old_value,
        new.value as new_value
    from (select * from own_rows where is_new) as new
    full outer join (select * from own_rows where not is_new) as old
        on
            new.new_submission_id = old.new_submission_id
            and new.item_key is not distinct from old.item_key
            and new.field = old.field
            and new.repetition = old.repetition
),

changes as (
    {% for form in forms() if not form.is_register %}
    select * from {{ form.form | lower }}_changes where new_value is distinct from old_value
    union all
    {% endfor %}
    select * from own_changes where new_value is distinct from old_value
)

select
    changes.reporter_code,
    changes.form,
    changes.period,
    -- a key may be made of names of persons
    case when personal.form is not null then {{ keyed_hash(['changes.item_key']) }} else changes.item_key end as item_key,
    changes.unit_code,
    changes.field,
    case when changes.is_on_both_sides then 'changed' when changes.is_new then 'added' else 'removed' end as change,
    changes.old_value,
    changes.new_value,
    changes.old_submission_id,
    changes.new_submission_id,
    changes.revised_at
from changes
left join personal
    on changes.form = personal.form
