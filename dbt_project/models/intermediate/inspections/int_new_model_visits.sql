-- Which inspected models had been formed within the months set, on the day of the visit (duty 2.7).
with items as (
    select * from {{ ref('int_inspected_items') }} where item_kind = 'model'
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
)

select distinct
    items.submission_id,
    items.sheet,
    items.table_no,
    items.row_number,
    items.inspected_on
from items
inner join windows
    on items.inspected_on >= windows.month_start and items.inspected_on <= windows.month_end
inner join formed
    on
        items.commune_code = formed.commune_code
        and {{ folded('items.item') }} = formed.model_name
        and formed.started_on <= items.inspected_on
        and formed.started_on >= {{ add_months('items.inspected_on', '-windows.new_model_age_months') }}
