-- The units whose reports go into the province's total: they are what is compared, where they report about units, and what is summed.
with months as (
    select * from {{ ref('int_months') }}
),

reporters as (
    select * from {{ ref('int_reporters') }} where unit_level is not null
),

routes as (
    select * from {{ ref('stg_reference__reporting_routes') }} where rolls_up_to is not null
),

communes as (
    select * from {{ ref('int_communes_at_month') }}
),

reporting as (
    select
        months.month,
        months.month_end,
        reporters.reporter_code,
        reporters.reporter_type,
        reporters.unit_level,
        reporters.name_vi as reporter_name,
        bool_or(routes.reported_units is not null) as is_compared,
        bool_or(routes.rolls_up_to = 'district') as is_in_district_total
    from months
    inner join reporters
        on {{ is_valid_on('months.month_end', 'reporters') }}
    inner join routes
        on reporters.reporter_type = routes.reporter_type and {{ is_valid_on('months.month_end', 'routes') }}
    group by
        months.month, months.month_end, reporters.reporter_code, reporters.reporter_type, reporters.unit_level, reporters.name_vi
)

select
    reporting.month,
    reporting.month_end,
    reporting.reporter_code,
    reporting.reporter_type,
    reporting.unit_level,
    reporting.reporter_name,
    reporting.is_compared,
    case when reporting.unit_level = 'district' then reporting.reporter_code end as district_code,
    case
        when reporting.is_in_district_total then coalesce(communes.district_code, reporting.reporter_code)
    end as total_district_code
from reporting
left join communes
    on reporting.month = communes.month and reporting.reporter_code = communes.commune_code
