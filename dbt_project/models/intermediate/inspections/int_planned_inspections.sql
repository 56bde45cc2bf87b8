-- What was done by the plan: its month's, or a month or two later all the same. An item of the plan is known by the number of the criterion, or by
-- its name as the list has it.
with items as (
    select
        *,
        case when item_kind = 'criterion' then cast(criterion_no as varchar) else {{ folded('item') }} end as planned_item
    from {{ ref('int_inspected_items') }}
),

plan as (
    select
        *,
        coalesce({{ folded('item_as_listed') }}, item) as planned_item
    from {{ ref('int_inspection_items') }}
)

select
    items.submission_id,
    items.sheet,
    items.table_no,
    items.row_number,
    plan.month as plan_month,
    plan.item_no as plan_item_no,
    plan.part as plan_part,
    plan.inclusion_probability,
    plan.item_probability
from items
inner join plan
    on
        items.commune_code = plan.commune_code
        and items.item_kind = plan.item_kind
        and items.planned_item = plan.planned_item
        and items.inspected_on >= plan.month
        and items.inspected_on < {{ add_months('plan.month', 3) }}
qualify
    row_number() over (
        partition by items.submission_id, items.sheet, items.table_no, items.row_number order by plan.month desc, plan.item_no
    ) = 1
