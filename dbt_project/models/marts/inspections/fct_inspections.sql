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
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

lists as (
    select * from {{ ref('int_obligations') }} where form = 'H02' and submission_id is not null
),

models as (
    select * from {{ ref('stg_districts__h02') }} where unused_reason is null and started_on is not null
),

formed as (
    select distinct
        models.commune_code,
        {{ folded('models.model_name') }} as model_name,
        models.started_on
    from models
    inner join lists
        on models.submission_id = lists.submission_id
),

-- models formed within the months set, on the day of the visit (duty 2.7)
new_models as (
    select distinct
        items.submission_id,
        items.sheet,
        items.table_no,
        items.row_number
    from items
    inner join windows
        on items.inspected_on >= windows.month and items.inspected_on <= windows.month_end
    inner join formed
        on
            items.item_kind = 'model'
            and items.commune_code = formed.commune_code
            and {{ folded('items.item') }} = formed.model_name
            and formed.started_on <= items.inspected_on
            and formed.started_on >= {{ add_months('items.inspected_on', '-windows.new_model_age_months') }}
),

-- an item of the plan is known by the number of the criterion, or by its name as the list has it
planned as (
    select
        plan.*,
        coalesce({{ folded('listed.item_as_listed') }}, plan.item) as planned_item
    from {{ ref('inspection_plan') }} as plan
    left join {{ ref('int_known_items') }} as listed
        on
            plan.known_until_on = last_day(listed.known_month)
            and plan.commune_code = listed.commune_code
            and plan.item_kind = listed.item_kind
            and plan.item_id = listed.item_id
),

-- what was done a month or two after its month was done by the plan all the same
visits as (
    select
        items.submission_id,
        items.sheet,
        items.table_no,
        items.row_number,
        planned.month as plan_month,
        planned.item_no as plan_item_no,
        planned.part as plan_part,
        planned.inclusion_probability,
        planned.item_probability
    from items
    inner join planned
        on
            items.commune_code = planned.commune_code
            and items.item_kind = planned.item_kind
            and case when items.item_kind = 'criterion' then cast(try_cast(items.item as integer) as varchar) else {{ folded('items.item') }} end
            = planned.planned_item
            and items.inspected_on >= planned.month
            and items.inspected_on < {{ add_months('planned.month', 3) }}
    qualify
        row_number() over (
            partition by items.submission_id, items.sheet, items.table_no, items.row_number order by planned.month desc, planned.item_no
        ) = 1
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
    {{ cell_address('cells', 'items.row_number') }} as cell,
    visits.plan_month,
    visits.plan_item_no,
    visits.plan_part,
    visits.inclusion_probability,
    visits.item_probability,
    new_models.row_number is not null as is_new_model
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
left join visits
    on
        items.submission_id = visits.submission_id
        and items.sheet = visits.sheet
        and items.table_no = visits.table_no
        and items.row_number = visits.row_number
left join new_models
    on
        items.submission_id = new_models.submission_id
        and items.sheet = new_models.sheet
        and items.table_no = new_models.table_no
        and items.row_number = new_models.row_number
