-- Production models, establishments and model residential areas that could be visited, as the newest lists known at the end of each month have
-- them. Gardens are known by their owners' names alone, so they are chosen on the spot.
with reports as (
    select * from {{ ref('int_known_reports') }} where form in ('H02', 'H03', 'H04') and age = 1
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

items as (
    select
        submission_id,
        commune_code,
        'model' as item_kind,
        model_name as item,
        owner_name as person,
        {{ keyed_hash(['commune_code', 'item_key']) }} as item_id,
        {{ short_hash(['commune_code', 'item_key']) }} as lot,
        status,
        started_on,
        item_key
    from {{ ref('stg_districts__h02') }}
    where unused_reason is null and status = 'running' and model_name is not null
    union all
    select
        submission_id,
        commune_code,
        'establishment' as item_kind,
        name as item,
        cast(null as string) as person,
        {{ keyed_hash(["case when registration_no is null then commune_code end", 'item_key']) }} as item_id,
        {{ short_hash(["case when registration_no is null then commune_code end", 'item_key']) }} as lot,
        status,
        founded_on as started_on,
        item_key
    from {{ ref('stg_districts__h03') }}
    where unused_reason is null and status = 'active' and name is not null
    union all
    select
        submission_id,
        commune_code,
        'residential_area' as item_kind,
        village as item,
        owner_name as person,
        {{ keyed_hash(['commune_code', 'item_key']) }} as item_id,
        {{ short_hash(['commune_code', 'item_key']) }} as lot,
        status,
        recognised_on as started_on,
        item_key
    from {{ ref('stg_districts__h04') }}
    where unused_reason is null and kind = 'residential_area' and status = 'recognised' and village is not null
)

select
    reports.known_month,
    items.commune_code,
    items.item_kind,
    items.item_id,
    {{ without_person('items.item', 'items.person') }} as item,
    -- as on the list, for whoever goes there: it stays inside
    items.item as item_as_listed,
    items.person,
    -- what the draw goes by: as before there was a secret, so that no plan that people went by is drawn anew
    items.lot,
    items.status,
    -- formed within the months set, on whichever day of the next month it is visited
    items.item_kind = 'model'
    and coalesce(
        items.started_on <= windows.month_end
        and items.started_on > {{ add_months('windows.next_month_end', '-windows.new_model_age_months') }},
        false
    ) as is_new_model,
    items.started_on
from items
inner join reports
    on items.submission_id = reports.submission_id
inner join windows
    on reports.known_month = windows.month
where items.commune_code is not null
qualify row_number() over (partition by reports.known_month, items.commune_code, items.item_kind, items.item_id order by items.submission_id) = 1
