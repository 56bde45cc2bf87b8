-- Field by field, what a correction changed against the report it superseded; rows are the same by their key and its repetition.
with pairs as (
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

{% for model, shape in value_fields().items() %}
{{ shape.form | lower }}_rows as (
    select
        sides.*,
        told.item_key,
        {{ shape.unit if shape.unit else 'cast(null as varchar)' }} as unit_code,
        {% for field in shape.fields %}
        {{ "case when " ~ field ~ " is not null then '•••' end" if field in shape.get('personal', []) else "cast(told." ~ field ~ " as varchar)" }} as v{{ loop.index }},
        {% endfor %}
        row_number() over (
            partition by sides.new_submission_id, sides.is_new, told.item_key
            order by told.sheet, told.table_no, told.row_number
        ) as repetition
    from {{ ref(model) }} as told
    inner join sides
        on told.submission_id = sides.submission_id
    where sides.form = '{{ shape.form }}'
),

{{ shape.form | lower }}_changes as (
    select
        coalesce(new.reporter_code, old.reporter_code) as reporter_code,
        coalesce(new.form, old.form) as form,
        coalesce(new.period, old.period) as period,
        coalesce(new.item_key, old.item_key) as item_key,
        coalesce(new.unit_code, old.unit_code) as unit_code,
        fields.field,
        new.submission_id is not null and old.submission_id is not null as is_on_both_sides,
        new.submission_id is not null as is_new,
        case fields.n {% for field in shape.fields %}when {{ loop.index }} then old.v{{ loop.index }} {% endfor %}end as old_value,
        case fields.n {% for field in shape.fields %}when {{ loop.index }} then new.v{{ loop.index }} {% endfor %}end as new_value,
        coalesce(new.old_submission_id, old.old_submission_id) as old_submission_id,
        coalesce(new.new_submission_id, old.new_submission_id) as new_submission_id,
        coalesce(new.revised_at, old.revised_at) as revised_at
    from (select * from {{ shape.form | lower }}_rows where is_new) as new
    full outer join (select * from {{ shape.form | lower }}_rows where not is_new) as old
        on
            new.new_submission_id = old.new_submission_id
            and new.item_key is not distinct from old.item_key
            and new.repetition = old.repetition
    cross join (
        values {% for field in shape.fields %}({{ loop.index }}, '{{ field }}'){{ ", " if not loop.last }}{% endfor %}
    ) as fields (n, field)
),
{% endfor %}

changes as (
    {% for shape in value_fields().values() %}
    select * from {{ shape.form | lower }}_changes where new_value is distinct from old_value
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    reporter_code,
    form,
    period,
    -- a key may be made of names of persons
    case when form in ({% for shape in value_fields().values() if shape.personal %}'{{ shape.form }}'{{ ", " if not loop.last }}{% endfor %}) then {{ short_hash(['item_key']) }} else item_key end as item_key,
    unit_code,
    field,
    case when is_on_both_sides then 'changed' when is_new then 'added' else 'removed' end as change,
    old_value,
    new_value,
    old_submission_id,
    new_submission_id,
    revised_at
from changes
