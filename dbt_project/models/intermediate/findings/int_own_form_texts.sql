-- What people wrote in forms that the office has added, as it is published: publication makes `marts.form_<code>` of their landed rows.
with cells as (
    select * from {{ ref('stg_landed__own_cells') }}
),

fields as (
    select * from {{ ref('stg_landed__form_fields') }}
)

select distinct
    'marts.form_' || lower(cells.form) as table_name,
    cells.field as column_name,
    cells.value as text
from cells
inner join fields
    on cells.form = fields.form and cells.field = fields.field
where fields.type = 'text' and not fields.is_personal and cells.value is not null
union all
select distinct
    'marts.form_' || lower(cells.form) as table_name,
    'sheet' as column_name,
    cells.sheet as text
from cells
