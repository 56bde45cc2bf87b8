-- The items of the V01 that stands for each month.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

items as (
    select * from {{ ref('stg_office__v01') }} where unused_reason is null
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'is_confirmed'
)

select
    submissions.month,
    items.submission_id,
    items.sheet,
    items.table_no,
    items.row_number,
    {{ cell_address('cells', 'items.row_number') }} as cell,
    items.inspected_on,
    items.commune_code,
    items.item_kind,
    items.item_key,
    items.item,
    case when items.item_kind = 'criterion' then try_cast(items.item as integer) end as criterion_no,
    items.is_confirmed
from items
inner join submissions
    on items.submission_id = submissions.submission_id
left join cells
    on items.submission_id = cells.submission_id and items.sheet = cells.sheet and items.table_no = cells.table_no
