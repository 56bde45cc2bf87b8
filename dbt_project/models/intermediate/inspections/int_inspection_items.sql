-- What is to be verified in each commune visited: at most one production model and one other item of the lists; criteria fill the rest.
with visits as (
    select * from {{ ref('int_inspection_visits') }}
),

windows as (
    select
        *,
        {{ add_months('month', 1) }} as plan_month
    from {{ ref('int_month_windows') }}
),

known_criteria as (
    select * from {{ ref('int_known_criteria') }}
),

criteria_in_force as (
    select * from {{ ref('int_criteria_at_month') }}
),

known_items as (
    select * from {{ ref('int_known_items') }}
),

criteria as (
    select
        visits.month,
        visits.commune_code,
        visits.part,
        visits.inclusion_probability,
        criteria_in_force.criterion_no,
        {{ criterion_value('known_criteria.status', 'criteria_in_force.criterion_no') }} as status,
        {{ criterion_value('known_criteria.previous_status', 'criteria_in_force.criterion_no') }} as previous_status,
        {{ criterion_value('known_criteria.department_status', 'criteria_in_force.criterion_no') }} as department_status
    from visits
    inner join known_criteria
        on visits.known_month = known_criteria.known_month and visits.commune_code = known_criteria.commune_code
    inner join criteria_in_force
        on visits.known_month = criteria_in_force.month
),

verifiable as (
    select
        month,
        commune_code,
        part,
        inclusion_probability,
        'criterion' as item_kind,
        'criterion' as item_group,
        cast(criterion_no as string) as item,
        cast(null as string) as item_id,
        cast(null as string) as item_as_listed,
        status,
        false as is_new_model,
        -- the risk part asks first for what is in doubt, then for what is claimed
        case
            when part = 'random' then 0
            when status = 'met' and department_status = 'not_met' then 1
            when status = 'met' and previous_status = 'not_met' then 2
            when status = 'met' then 3
            else 4
        end as concern,
        {{ uniform(["'inspection_plan/item'", 'month', 'commune_code', 'criterion_no']) }} as tie
    from criteria
    union all
    select
        visits.month,
        visits.commune_code,
        visits.part,
        visits.inclusion_probability,
        known_items.item_kind,
        case when known_items.item_kind in ('establishment', 'residential_area') then 'other' else known_items.item_kind end as item_group,
        known_items.item,
        known_items.item_id,
        known_items.item_as_listed,
        known_items.status,
        known_items.is_new_model,
        case when visits.part = 'risk' and known_items.is_new_model then -1 when visits.part = 'risk' then 5 else 0 end as concern,
        {{ uniform(["'inspection_plan/item'", 'visits.month', 'known_items.lot']) }} as tie
    from visits
    inner join known_items
        on visits.known_month = known_items.known_month and visits.commune_code = known_items.commune_code
),

ranked as (
    select
        *,
        row_number() over (partition by month, commune_code, item_group order by concern, tie) as place,
        count(*) over (partition by month, commune_code, item_group) as choice
    from verifiable
),

numbered as (
    select
        *,
        row_number() over (
            partition by month, commune_code
            order by
                case
                    when part = 'random' then case when item_group = 'criterion' then 1 else 0 end
                    else concern
                end,
                item_group desc,
                place
        ) as item_no
    from ranked
    where place = 1 or item_group = 'criterion'
),

chosen as (
    select
        numbered.*,
        count(*) over (partition by numbered.month, numbered.commune_code, numbered.item_group) as chosen_of_group
    from numbered
    inner join windows
        on numbered.month = windows.plan_month and numbered.item_no <= windows.inspection_items_per_commune
)

select
    month,
    commune_code,
    part,
    inclusion_probability,
    cast(item_no as integer) as item_no,
    item_kind,
    item,
    item_id,
    item_as_listed,
    status,
    is_new_model,
    case
        when part = 'random' and item_group = 'criterion' then inclusion_probability * cast(chosen_of_group as double) / choice
        when part = 'random' then inclusion_probability / choice
    end as item_probability
from chosen
