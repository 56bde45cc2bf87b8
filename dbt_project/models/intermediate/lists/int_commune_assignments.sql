with lists as (
    select * from {{ ref('int_commune_lists') }} where form = 'H06' and is_known
),

months as (
    select * from {{ ref('int_months') }}
),

rows_used as (
    select * from {{ ref('stg_districts__h06') }} where unused_reason is null
),

reports as (
    select distinct
        lists.submission_id,
        months.month_end
    from lists
    inner join months
        on lists.month = months.month
),

-- in charge on the quarter's last day
assignments as (
    select
        rows_used.submission_id,
        rows_used.commune_code,
        rows_used.is_leader
    from rows_used
    inner join reports
        on rows_used.submission_id = reports.submission_id
    where
        coalesce(rows_used.from_date, reports.month_end) <= reports.month_end
        and coalesce(rows_used.to_date, reports.month_end) >= reports.month_end
)

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
left join assignments
    on lists.submission_id = assignments.submission_id and lists.commune_code = assignments.commune_code
group by lists.month, lists.commune_code, lists.district_code, lists.continuous_since_on, lists.submission_id
