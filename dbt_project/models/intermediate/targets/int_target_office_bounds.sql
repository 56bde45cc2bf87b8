-- Targets that count officers: those of district offices (T06) and those seconded by departments (T07). A report that is not there leaves the
-- one unit of the target unknown.
with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

districts as (
    select * from {{ ref('int_districts_at_month') }}
),

departments as (
    select * from {{ ref('stg_reference__departments') }}
),

officers as (
    select * from {{ ref('int_officers') }}
),

office_counts as (
    select
        case officers.form when 'H05' then 'T06' else 'T07' end as target_id,
        windows.month,
        officers.office_code as unit_code,
        sum(case when officers.is_full_time then officers.officers else 0 end) as full_time_officers,
        sum(case when officers.is_full_time is null then officers.officers else 0 end) as doubtful_officers,
        count(distinct case when officers.is_full_time and officers.officers > 0 then officers.field end) as officer_fields,
        sum(case when officers.is_full_time and officers.field is null then officers.officers else 0 end) as officers_without_field
    from windows
    inner join officers
        on windows.quarter_month = officers.month
    group by officers.form, windows.month, officers.office_code
),

office_units as (
    select
        'T06' as target_id,
        month,
        month_end,
        district_code as unit_code
    from districts
    union all
    select
        'T07' as target_id,
        windows.month,
        windows.month_end,
        departments.reporter_code as unit_code
    from windows
    inner join departments
        on departments.is_seconding_an_officer and {{ is_valid_on('windows.month_end', 'departments') }}
)

select
    units.target_id,
    'officers' as counted,
    units.month,
    units.unit_code,
    targets.level = case units.target_id when 'T06' then 'district' else 'department' end as is_target_unit,
    false as is_share,
    counts.full_time_officers as value,
    counts.full_time_officers as numerator,
    case when counts.unit_code is null then 0 else 1 end as denominator,
    1 as units,
    -- of one field only, any number of officers is no more than one short of enough
    case
        when counts.unit_code is null then 0
        when units.target_id = 'T06' and counts.officer_fields < 2 then least(counts.full_time_officers, targets.target_value - 1)
        else counts.full_time_officers
    end as lowest,
    case
        when counts.unit_code is null then 1000000
        when units.target_id = 'T06' and counts.officer_fields < 2 and counts.officers_without_field + counts.doubtful_officers = 0
            then least(counts.full_time_officers, targets.target_value - 1)
        else counts.full_time_officers + counts.doubtful_officers
    end as highest,
    cast(null as double) as ceiling
from office_units as units
inner join targets
    on units.target_id = targets.target_id and {{ is_valid_on('units.month_end', 'targets') }}
left join office_counts as counts
    on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
