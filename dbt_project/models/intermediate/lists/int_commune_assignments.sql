with lists as (
    select * from {{ ref('int_commune_lists') }} where form = 'H06' and is_known
),

months as (
    select * from {{ ref('int_months') }}
),

assignments as (
    select * from {{ ref('stg_districts__h06') }} where unused_reason is null
)

-- in charge on the quarter's last day
select
    lists.month,
    lists.commune_code,
    lists.district_code,
    lists.continuous_since_on,
    lists.submission_id,
    count(assignments.submission_id) as officers,
    count(case when assignments.is_leader then 1 end) as leaders,
    count(assignments.submission_id) > 0 as has_officer,
    -- a tick that can't be read may be a leader's
    case
        when count(case when assignments.is_leader then 1 end) > 0 then true
        when count(assignments.submission_id) > count(assignments.is_leader) then null
        else false
    end as has_leader
from lists
inner join months
    on lists.month = months.month
left join assignments
    on
        lists.submission_id = assignments.submission_id
        and lists.commune_code = assignments.commune_code
        and coalesce(assignments.from_date, months.month_end) <= months.month_end
        and coalesce(assignments.to_date, months.month_end) >= months.month_end
group by lists.month, lists.commune_code, lists.district_code, lists.continuous_since_on, lists.submission_id
