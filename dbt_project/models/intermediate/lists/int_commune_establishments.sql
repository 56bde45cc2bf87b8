with lists as (
    select * from {{ ref('int_commune_lists') }} where form = 'H03' and is_known
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

establishments as (
    select * from {{ ref('stg_districts__h03') }} where unused_reason is null
)

select
    lists.month,
    lists.commune_code,
    lists.district_code,
    lists.submission_id,
    {% for kind, name in [('enterprise', 'enterprises'), ('cooperative', 'cooperatives'), ('cooperative_group', 'cooperative_groups')] %}
    count(case when establishments.kind = '{{ kind }}' and establishments.status = 'active' then 1 end) as {{ name }}_active,
    count(case when establishments.kind = '{{ kind }}' and establishments.founded_on between windows.month_start and windows.month_end then 1 end)
        as {{ name }}_new,
    count(case when establishments.kind = '{{ kind }}' and establishments.founded_on between windows.year_start_on and windows.month_end then 1 end)
        as {{ name }}_new_ytd{{ "," if not loop.last }}
    {% endfor %}
from lists
inner join windows
    on lists.month = windows.month
left join establishments
    on lists.submission_id = establishments.submission_id and lists.commune_code = establishments.commune_code
group by lists.month, lists.commune_code, lists.district_code, lists.submission_id
