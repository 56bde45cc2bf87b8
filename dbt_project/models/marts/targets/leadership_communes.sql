with communes as (
    select * from {{ ref('commune_months') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

models as (
    select * from {{ ref('int_commune_models') }}
),

establishments as (
    select * from {{ ref('int_commune_establishments') }}
),

measured as (
    select
        communes.month,
        communes.commune_code,
        communes.commune_name,
        communes.district_code,
        communes.criteria_met_latest as criteria_level,
        -- the same commune, criteria set and unbroken history as last December
        communes.criteria_met_latest - december.criteria_met_latest as criteria_gain,
        3 * models.models_large_new_ytd + 2 * models.models_medium_new_ytd + models.models_small_new_ytd as new_models,
        establishments.enterprises_new_ytd + establishments.cooperatives_new_ytd as new_establishments
    from communes
    inner join windows
        on communes.month = windows.month
    left join communes as december
        on
            december.month = {{ add_months('windows.year_start', -1) }}
            and communes.commune_code = december.commune_code
            and communes.criteria_set_id = december.criteria_set_id
            and communes.comparable_since_on is not distinct from december.comparable_since_on
    left join models
        on communes.month = models.month and communes.commune_code = models.commune_code
    left join establishments
        on communes.month = establishments.month and communes.commune_code = establishments.commune_code
)

select
    month,
    commune_code,
    commune_name,
    district_code,
    {%- for component in ['criteria_level', 'criteria_gain', 'new_models', 'new_establishments'] %}
    cast({{ component }} as integer) as {{ component }},
    cast(avg({{ component }}) over in_district as double) as {{ component }}_district_avg,
    cast(
        case
            when {{ component }} is not null
                then rank() over (partition by month, district_code order by {{ component }} desc nulls last)
        end as integer
    ) as {{ component }}_rank,
    {%- endfor %}
    cast(count(*) over in_district as integer) as communes
from measured
window in_district as (partition by month, district_code)
