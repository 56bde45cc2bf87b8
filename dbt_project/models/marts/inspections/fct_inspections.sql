with items as (
    select * from {{ ref('int_inspected_items') }}
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

criteria as (
    select * from {{ ref('int_criterion_inspections') }}
),

planned as (
    select * from {{ ref('int_planned_inspections') }}
),

new_models as (
    select * from {{ ref('int_new_model_visits') }}
)

select
    items.month,
    items.inspected_on,
    items.commune_code,
    communes.district_code,
    items.item_kind,
    -- a model or a garden can bear its owner's name
    {{ keyed_hash(['items.item_kind', 'items.item_key']) }} as item_id,
    case when items.item_kind in ('criterion', 'establishment', 'residential_area') then items.item end as item,
    items.criterion_no,
    criteria.status as inspected_status,
    items.is_confirmed,
    items.submission_id,
    items.sheet,
    items.cell,
    planned.plan_month,
    planned.plan_item_no,
    planned.plan_part,
    planned.inclusion_probability,
    planned.item_probability,
    new_models.row_number is not null as is_new_model
from items
{{ join_month_of_day('items.inspected_on') }}
left join communes
    on
        items.commune_code = communes.commune_code
        and {{ month_of_day('items.inspected_on') }} = communes.month
left join criteria
    on
        items.submission_id = criteria.submission_id
        and items.inspected_on = criteria.inspected_on
        and items.commune_code = criteria.commune_code
        and items.criterion_no = criteria.criterion_no
left join planned
    on
        items.submission_id = planned.submission_id
        and items.sheet = planned.sheet
        and items.table_no = planned.table_no
        and items.row_number = planned.row_number
left join new_models
    on
        items.submission_id = new_models.submission_id
        and items.sheet = new_models.sheet
        and items.table_no = new_models.table_no
        and items.row_number = new_models.row_number
