with lists as (
    select * from {{ ref('int_commune_lists') }} where form = 'H04' and is_known
),

areas as (
    select * from {{ ref('stg_districts__h04') }} where unused_reason is null
)

select
    lists.month,
    lists.commune_code,
    lists.district_code,
    lists.submission_id,
    count(case when areas.kind = 'residential_area' and areas.status = 'recognised' then 1 end) as residential_areas_recognised,
    count(case when areas.kind = 'garden' and areas.status = 'recognised' then 1 end) as gardens_recognised
from lists
left join areas
    on lists.submission_id = areas.submission_id and lists.commune_code = areas.commune_code
group by lists.month, lists.commune_code, lists.district_code, lists.submission_id
