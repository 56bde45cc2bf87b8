
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "target_id","unit_code","is_target_unit","value","denominator","units","is_met", 'actual' as "actual_or_expected"
  from (
    -- Each target's value for each unit and month, and the bounds between which the units of which nothing is known leave it. Targets that count
-- communes are measured for the province and for each district, whichever of them the target is set for (`is_target_unit`).
with  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", 
    
    cast('2014-09-01' as DATE)
 as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__stg_reference__targets as (

-- Fixture for stg_reference__targets
select 
    
    cast('T03' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('province' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('<=' as character varying)
 as "operator", 
    
    cast(1 as DOUBLE)
 as "target_value", 
    
    cast('communes' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('district' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('>=' as character varying)
 as "operator", 
    
    cast(60 as DOUBLE)
 as "target_value", 
    
    cast('%' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('province' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('>=' as character varying)
 as "operator", 
    
    cast(5 as DOUBLE)
 as "target_value", 
    
    cast('officers' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"
),  __dbt__cte__int_target_communes as (

-- Fixture for int_target_communes
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(False as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(null as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(null as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
),  __dbt__cte__int_districts_at_month as (

-- Fixture for int_districts_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('443' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('huyện' as character varying)
 as "kind"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('445' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('huyện' as character varying)
 as "kind"
),  __dbt__cte__int_reporters as (

-- Fixture for int_reporters
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0
),  __dbt__cte__stg_reference__departments as (

-- Fixture for stg_reference__departments
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", cast(null as BOOLEAN) as "is_seconding_an_officer", cast(null as character varying(256)) as "note", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0
),  __dbt__cte__int_officers as (

-- Fixture for int_officers
select cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "office_code", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "field", cast(null as BOOLEAN) as "is_full_time", cast(null as BIGINT) as "officers"
    limit 0
),  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", cast(null as DATE) as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
    limit 0
),  __dbt__cte__int_owner_tasks as (

-- Fixture for int_owner_tasks
select cast(null as DATE) as "month", cast(null as character varying(256)) as "owner_code", cast(null as BIGINT) as "tasks_due", cast(null as BIGINT) as "tasks_done_on_time"
    limit 0
),  __dbt__cte__int_model_inspection_rounds as (

-- Fixture for int_model_inspection_rounds
select cast(null as DATE) as "month", cast(null as BIGINT) as "rounds"
    limit 0
), windows as (
    select * from __dbt__cte__int_month_windows
),

targets as (
    select * from __dbt__cte__stg_reference__targets
),

communes as (
    select * from __dbt__cte__int_target_communes
),

districts as (
    select * from __dbt__cte__int_districts_at_month
),

reporters as (
    select * from __dbt__cte__int_reporters
),

departments as (
    select * from __dbt__cte__stg_reference__departments
),

officers as (
    select * from __dbt__cte__int_officers
),

obligations as (
    select * from __dbt__cte__int_obligations
),

tasks as (
    select * from __dbt__cte__int_owner_tasks
),

rounds as (
    select * from __dbt__cte__int_model_inspection_rounds
),

commune_counts as (
    select
        target_id,
        month,
        coalesce(district_code, '42') as unit_code,
        count(case when is_asked and answer then 1 end) as numerator,
        count(case when is_asked then answer end) as denominator,
        count(*) as units,
        -- among the unknown: how many may turn out to count, how many may not
        count(case when (is_asked is null or answer is null) and coalesce(answer, true) then 1 end) as may_count,
        count(case when (is_asked is null or answer is null) and not coalesce(answer, false) then 1 end) as may_not_count
    from communes
    group by grouping sets ((target_id, month, district_code), (target_id, month))
    having district_code is not null or grouping(district_code) = 1
),

-- one without a commune in question still has its row; a district target can hold for some kinds of districts only
commune_units as (
    select
        targets.target_id,
        targets.unit = '%' as is_share,
        units.month,
        units.unit_code,
        targets.level = units.level
        and (targets.unit_kinds is null or (';' || replace(targets.unit_kinds, ' ', '') || ';' like '%;' || replace(units.kind, ' ', '') || ';%')) as is_target_unit
    from targets
    cross join (
        select
            month,
            district_code as unit_code,
            kind,
            'district' as level
        from districts
        union all
        select
            month,
            '42' as unit_code,
            'tỉnh' as kind,
            'province' as level
        from windows
    ) as units
    where targets.target_id in (select communes.target_id from communes)
),

commune_bounds as (
    select
        units.target_id,
        units.month,
        units.unit_code,
        units.is_target_unit,
        units.is_share,
        case
            when units.is_share then 100.0 * counts.numerator / nullif(counts.denominator, 0)
            when counts.denominator > 0 then counts.numerator
        end as value,
        coalesce(counts.numerator, 0) as numerator,
        coalesce(counts.denominator, 0) as denominator,
        coalesce(counts.units, 0) as units,
        -- the value if every unknown unit were against it, and if every one were for it; of nobody asked, all is fulfilled
        case
            when units.is_share then coalesce(100.0 * counts.numerator / nullif(counts.denominator + counts.may_not_count, 0), 100.0)
            else coalesce(counts.numerator, 0)
        end as lowest,
        case
            when units.is_share
                then coalesce(100.0 * (counts.numerator + counts.may_count) / nullif(counts.denominator + counts.may_count, 0), 100.0)
            else coalesce(counts.numerator + counts.may_count, 0)
        end as highest,
        case when units.is_share then 100.0 else coalesce(counts.units, 0) end as ceiling
    from commune_units as units
    left join commune_counts as counts
        on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
),

-- officers: a report that is not there leaves the one unit of the target unknown
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
        district_code as unit_code
    from districts
    union all
    select
        'T07' as target_id,
        windows.month,
        departments.reporter_code as unit_code
    from windows
    inner join departments
        on departments.is_seconding_an_officer and (windows.month_end >= departments.valid_from and windows.month_end < departments.valid_to)
),

office_bounds as (
    select
        units.target_id,
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
        on units.target_id = targets.target_id
    left join office_counts as counts
        on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
),

-- S01 of all quarters due so far
verdict_reports as (
    select
        'T08' as target_id,
        windows.month,
        obligations.reporter_code as unit_code,
        count(case when obligations.is_past_due then obligations.first_received_at end) as numerator,
        count(case when obligations.is_past_due then 1 end) as denominator
    from windows
    inner join obligations
        on obligations.form = 'S01' and obligations.month <= windows.month
    group by windows.month, obligations.reporter_code
),

task_reports as (
    select
        'T12' as target_id,
        windows.month,
        reporters.reporter_code as unit_code,
        coalesce(tasks.tasks_done_on_time, 0) as numerator,
        coalesce(tasks.tasks_due, 0) as denominator
    from windows
    inner join reporters
        on (windows.month_end >= reporters.valid_from and windows.month_end < reporters.valid_to)
    left join tasks
        on windows.month = tasks.month and reporters.reporter_code = tasks.owner_code
),

reports as (
    select * from verdict_reports
    union all
    select * from task_reports
),

report_bounds as (
    select
        reports.target_id,
        reports.month,
        reports.unit_code,
        targets.level = case reports.target_id when 'T08' then 'department' else 'reporter' end as is_target_unit,
        true as is_share,
        100.0 * reports.numerator / nullif(reports.denominator, 0) as value,
        reports.numerator,
        reports.denominator,
        reports.denominator as units,
        coalesce(100.0 * reports.numerator / nullif(reports.denominator, 0), 100.0) as lowest,
        coalesce(100.0 * reports.numerator / nullif(reports.denominator, 0), 100.0) as highest,
        100.0 as ceiling
    from reports
    inner join targets
        on reports.target_id = targets.target_id
),

round_bounds as (
    select
        'T11' as target_id,
        windows.month,
        '42' as unit_code,
        targets.level = 'province' as is_target_unit,
        false as is_share,
        rounds.rounds as value,
        rounds.rounds as numerator,
        case when rounds.month is null then 0 else 1 end as denominator,
        1 as units,
        coalesce(rounds.rounds, 0) as lowest,
        coalesce(rounds.rounds, 1000000) as highest,
        cast(null as double) as ceiling
    from windows
    inner join targets
        on targets.target_id = 'T11'
    left join rounds
        on windows.month = rounds.month
),

bounds as (
    select * from commune_bounds
    union all
    select * from office_bounds
    union all
    select * from report_bounds
    union all
    select * from round_bounds
)

select
    bounds.target_id,
    bounds.month,
    windows.month_end,
    bounds.unit_code,
    -- a target of another level or unit than its id has a metric for is not measured at all
    bounds.is_target_unit and bounds.is_share = (targets.unit = '%') as is_target_unit,
    cast(bounds.value as double) as value,
    bounds.numerator,
    bounds.denominator,
    bounds.units,
    bounds.ceiling,
    targets.operator,
    targets.unit,
    targets.target_value,
    targets.deadline,
    targets.notice_item,
    case targets.operator
        when '>=' then case when bounds.lowest >= targets.target_value then true when bounds.highest < targets.target_value then false end
        when '<=' then case when bounds.highest <= targets.target_value then true when bounds.lowest > targets.target_value then false end
    end as is_met,
    cast(case targets.operator when '>=' then targets.target_value - bounds.value when '<=' then bounds.value - targets.target_value end as double)
        as gap
from bounds
inner join windows
    on bounds.month = windows.month
inner join targets
    on bounds.target_id = targets.target_id
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "target_id", "unit_code", "is_target_unit", "value", "denominator", "units", "is_met", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(100 as DOUBLE)
 as "value", 
    
    cast(2 as BIGINT)
 as "denominator", 
    
    cast(3 as BIGINT)
 as "units", 
    
    cast(True as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(1 as DOUBLE)
 as "value", 
    
    cast(2 as BIGINT)
 as "denominator", 
    
    cast(3 as BIGINT)
 as "units", 
    
    cast(null as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('445' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(null as DOUBLE)
 as "value", 
    
    cast(0 as BIGINT)
 as "denominator", 
    
    cast(0 as BIGINT)
 as "units", 
    
    cast(True as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(1 as DOUBLE)
 as "value", 
    
    cast(2 as BIGINT)
 as "denominator", 
    
    cast(3 as BIGINT)
 as "units", 
    
    cast(null as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(100 as DOUBLE)
 as "value", 
    
    cast(2 as BIGINT)
 as "denominator", 
    
    cast(3 as BIGINT)
 as "units", 
    
    cast(True as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('445' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(null as DOUBLE)
 as "value", 
    
    cast(0 as BIGINT)
 as "denominator", 
    
    cast(0 as BIGINT)
 as "units", 
    
    cast(True as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(null as DOUBLE)
 as "value", 
    
    cast(0 as BIGINT)
 as "denominator", 
    
    cast(1 as BIGINT)
 as "units", 
    
    cast(null as BOOLEAN)
 as "is_met"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", 
    
    cast('445' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(null as DOUBLE)
 as "value", 
    
    cast(0 as BIGINT)
 as "denominator", 
    
    cast(1 as BIGINT)
 as "units", 
    
    cast(null as BOOLEAN)
 as "is_met"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected