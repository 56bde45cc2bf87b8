-- What was done by the plan: its month's, or a month or two later all the same. An item of the plan is known by the number of the criterion, or by
-- its name as the list has it.
with items as (
    select
        inspected.*,
        case when inspected.item_kind = 'criterion' then cast(inspected.criterion_no as string) else {{ folded('inspected.item') }} end as planned_item,
        {{ month_of_day('inspected.inspected_on') }} as inspected_month
    from {{ ref('int_inspected_items') }} as inspected
    {{ join_month_of_day('inspected.inspected_on') }}
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
        and items.inspected_month >= plan.month
        and items.inspected_month < {{ add_months('plan.month', 3) }}
qualify
    row_number() over (
        partition by items.submission_id, items.sheet, items.table_no, items.row_number order by plan.month desc, plan.item_no
    ) = 1
