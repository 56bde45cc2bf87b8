with listed as (
    select
        models.month,
        models.district_code,
        coalesce(models.district_code, models.commune_code) as reporting_unit_code,
        models.model_id,
        models.is_rural,
        models.sector,
        {{ product_group("replace(replace(models.product, ',', ' '), ';', ' ')") }} as product_group,
        models.size,
        models.is_linked,
        models.status,
        models.is_new,
        {{ month_of_day('models.started_on') }} as started_month
    from {{ ref('fct_production_models') }} as models
    {{ join_month_of_day('models.started_on') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

-- months of which a reporter's list is there, empty or not
lists as (
    select
        reporter_code as reporting_unit_code,
        month
    from {{ ref('int_obligations') }}
    where form = 'H02' and submission_id is not null
),

first_stops as (
    select
        model_id,
        min(month) as month
    from listed
    where status = 'stopped'
    group by model_id
),

-- each model as the newest list that has it describes it
formed as (
    select *
    from listed
    where started_month >= (select min(months.month) from months)
    qualify row_number() over (partition by model_id order by month desc, status nulls last) = 1
),

cohorts as (
    select
        lists.month,
        formed.district_code,
        formed.model_id,
        formed.sector,
        formed.product_group,
        formed.size,
        formed.is_linked,
        {{ months_between('formed.started_month', 'lists.month') }} as age_months,
        coalesce(now.status <> 'stopped', now.model_id is not null) as is_surviving
    from lists
    inner join formed
        on
            lists.reporting_unit_code = formed.reporting_unit_code
            and {{ months_between('formed.started_month', 'lists.month') }} in (6, 12)
    left join listed as now
        on
            lists.month = now.month
            and lists.reporting_unit_code = now.reporting_unit_code
            and formed.model_id = now.model_id
),

united as (
    select
        listed.month,
        listed.district_code,
        listed.sector,
        listed.product_group,
        listed.size,
        listed.is_linked,
        case when listed.status = 'running' then 1 else 0 end as running,
        case when listed.status = 'running' and listed.is_rural then 1 else 0 end as running_rural,
        case when listed.is_new then 1 else 0 end as formed,
        case when first_stops.month = listed.month then 1 else 0 end as stopped,
        0 as cohort_6,
        0 as surviving_6,
        0 as cohort_12,
        0 as surviving_12
    from listed
    left join first_stops
        on listed.model_id = first_stops.model_id
    union all
    select
        month,
        district_code,
        sector,
        product_group,
        size,
        is_linked,
        0 as running,
        0 as running_rural,
        0 as formed,
        0 as stopped,
        case when age_months = 6 then 1 else 0 end as cohort_6,
        case when age_months = 6 and is_surviving then 1 else 0 end as surviving_6,
        case when age_months = 12 then 1 else 0 end as cohort_12,
        case when age_months = 12 and is_surviving then 1 else 0 end as surviving_12
    from cohorts
)

select
    united.month,
    united.district_code,
    names.unit_name as district_name,
    united.sector,
    united.product_group,
    united.size,
    united.is_linked,
    cast(sum(united.running) as integer) as models_running,
    cast(sum(united.formed) as integer) as models_formed,
    cast(sum(united.stopped) as integer) as models_stopped,
    cast(sum(united.cohort_6) as integer) as formed_6_months_ago,
    cast(sum(united.surviving_6) as integer) as surviving_6_months,
    cast(sum(united.cohort_12) as integer) as formed_12_months_ago,
    cast(sum(united.surviving_12) as integer) as surviving_12_months,
    cast(sum(united.running_rural) as integer) as models_running_rural
from united
left join {{ ref('dim_unit_current') }} as names
    on united.district_code = names.unit_code
group by united.month, united.district_code, names.unit_name, united.sector, united.product_group, united.size, united.is_linked
