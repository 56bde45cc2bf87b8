with assignments as (
    select * from {{ ref('int_commune_assignments') }}
),

months as (
    select * from {{ ref('int_months') }}
)

select
    assignments.month,
    months.quarter as period,
    assignments.commune_code,
    assignments.district_code,
    cast(assignments.officers as integer) as officers,
    cast(assignments.leaders as integer) as leaders,
    assignments.has_officer,
    assignments.has_leader,
    assignments.submission_id
from assignments
inner join months
    on assignments.month = months.month
