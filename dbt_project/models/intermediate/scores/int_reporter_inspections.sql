-- What inspections on the spot said of a district's communes.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_current and not is_register
),

v01 as (
    select * from {{ ref('stg_office__v01') }}
),

units as (
    select * from {{ ref('stg_reference__units') }}
)

select
    units.parent_code as reporter_code,
    {{ month_of_day('v01.inspected_on') }} as month,
    count(*) as inspected_items,
    count(case when v01.is_confirmed then 1 end) as confirmed_items
from v01
inner join submissions
    on v01.submission_id = submissions.submission_id
inner join units
    on
        v01.commune_code = units.unit_code
        and {{ is_valid_on('v01.inspected_on', 'units') }}
{{ join_month_of_day('v01.inspected_on') }}
where v01.unused_reason is null and v01.is_confirmed is not null
group by units.parent_code, {{ month_of_day('v01.inspected_on') }}
