-- A commune's counts are those of the items listed: what is published item by item adds up to what is published in total.
{{ config(meta={
    'vi': '{failed} xã-tháng có số đếm khác danh sách',
    'en': "{failed} commune months whose counts are not those of the lists",
}) }}
with models as (
    select
        month,
        commune_code,
        count(case when status = 'running' then 1 end) as models_running,
        count(case when is_new then 1 end) as models_new
    from {{ ref('fct_production_models') }}
    where is_rural
    group by month, commune_code
),

establishments as (
    select
        month,
        commune_code,
        count(case when kind = 'enterprise' and status = 'active' then 1 end) as enterprises_active,
        count(case when kind = 'cooperative' and status = 'active' then 1 end) as cooperatives_active
    from {{ ref('fct_establishments') }}
    where is_rural
    group by month, commune_code
)

select
    communes.month,
    communes.commune_code
from {{ ref('commune_months') }} as communes
left join models
    on communes.month = models.month and communes.commune_code = models.commune_code
left join establishments
    on communes.month = establishments.month and communes.commune_code = establishments.commune_code
where
    communes.models_running <> coalesce(models.models_running, 0)
    or communes.models_new <> coalesce(models.models_new, 0)
    or communes.enterprises_active <> coalesce(establishments.enterprises_active, 0)
    or communes.cooperatives_active <> coalesce(establishments.cooperatives_active, 0)
