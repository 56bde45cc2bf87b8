with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

items as (
    select * from {{ ref('stg_office__v01') }} where unused_reason is null
),

criteria as (
    select * from {{ ref('int_criterion_inspections') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'is_confirmed'
)

select
    submissions.month,
    items.inspected_on,
    items.commune_code,
    communes.district_code,
    items.item_kind,
    -- a model or a garden can bear its owner's name: only the hash goes out
    {{ short_hash(['items.item_kind', 'items.item_key']) }} as item_id,
    case when items.item_kind in ('criterion', 'establishment', 'residential_area') then items.item end as item,
    case when items.item_kind = 'criterion' then try_cast(items.item as integer) end as criterion_no,
    criteria.status as inspected_status,
    items.is_confirmed,
    items.submission_id,
    items.sheet,
    {{ cell_address('cells', 'items.row_number') }} as cell
from items
inner join submissions
    on items.submission_id = submissions.submission_id
left join communes
    on
        items.commune_code = communes.commune_code
        and cast(date_trunc('month', items.inspected_on) as date) = communes.month
left join criteria
    on
        items.item_kind = 'criterion'
        and items.submission_id = criteria.submission_id
        and items.inspected_on = criteria.inspected_on
        and items.commune_code = criteria.commune_code
        and try_cast(items.item as integer) = criteria.criterion_no
left join cells
    on items.submission_id = cells.submission_id and items.sheet = cells.sheet and items.table_no = cells.table_no
