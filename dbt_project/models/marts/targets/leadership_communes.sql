with measured as (
    select * from {{ ref('int_leadership_communes') }}
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
