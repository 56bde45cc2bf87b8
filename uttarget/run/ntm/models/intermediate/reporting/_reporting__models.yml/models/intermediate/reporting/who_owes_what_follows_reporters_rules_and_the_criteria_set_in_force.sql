
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "reporter_code","form","valid_from","valid_to", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__stg_reference__reporting_calendar as (

-- Fixture for stg_reference__reporting_calendar
select 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('district' as character varying)
 as "reporter_type", 
    
    cast('all' as character varying)
 as "reporters", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(5 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('has_criteria' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S02' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('seconds_an_officer' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S03' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('S-A;S-B' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
),  __dbt__cte__int_reporters as (

-- Fixture for int_reporters
select 
    
    cast('449' as character varying)
 as "reporter_code", 
    
    cast('district' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('2025-07-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
),  __dbt__cte__stg_reference__criteria as (

-- Fixture for stg_reference__criteria
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(2 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-C' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
),  __dbt__cte__stg_reference__criteria_sets as (

-- Fixture for stg_reference__criteria_sets
select 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", cast(null as INTEGER) as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2013-02-20' as DATE)
 as "valid_from", 
    
    cast('2016-12-01' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", cast(null as INTEGER) as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2016-12-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
),  __dbt__cte__stg_reference__departments as (

-- Fixture for stg_reference__departments
select 
    
    cast('S-A' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", 
    
    cast(False as BOOLEAN)
 as "is_seconding_an_officer", cast(null as character varying(256)) as "note", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", 
    
    cast(True as BOOLEAN)
 as "is_seconding_an_officer", cast(null as character varying(256)) as "note", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
), calendar as (
    select * from __dbt__cte__stg_reference__reporting_calendar
),

reporters as (
    select * from __dbt__cte__int_reporters
),

-- who has criteria in charge changes with the set in force
criteria_in_charge as (
    select distinct
        criteria.responsible_reporter_code as reporter_code,
        criteria_sets.valid_from,
        criteria_sets.valid_to
    from __dbt__cte__stg_reference__criteria as criteria
    inner join __dbt__cte__stg_reference__criteria_sets as criteria_sets
        on criteria.criteria_set_id = criteria_sets.criteria_set_id
    where criteria_sets.is_commune_set
),

seconding as (
    select
        reporter_code,
        valid_from,
        valid_to
    from __dbt__cte__stg_reference__departments
    where is_seconding_an_officer
),

named as (
    select
        reporters.reporter_code,
        calendar.form,
        calendar.reporters,
        reporters.valid_from,
        reporters.valid_to,
        calendar.valid_from as rule_valid_from,
        calendar.valid_to as rule_valid_to,
        calendar.frequency,
        calendar.due_days,
        calendar.non_working_day
    from reporters
    inner join calendar
        on
            reporters.reporter_type = calendar.reporter_type
            and (
                calendar.reporters in ('all', 'has_criteria', 'seconds_an_officer')
                or (';' || replace(calendar.reporters, ' ', '') || ';' like '%;' || reporters.reporter_code || ';%')
            )
),

narrowed as (
    select
        named.reporter_code,
        named.form,
        named.reporters,
        named.frequency,
        named.due_days,
        named.non_working_day,
        named.rule_valid_from,
        greatest(
            named.valid_from, named.rule_valid_from, coalesce(criteria_in_charge.valid_from, seconding.valid_from, named.valid_from)
        ) as valid_from,
        least(named.valid_to, named.rule_valid_to, coalesce(criteria_in_charge.valid_to, seconding.valid_to, named.valid_to)) as valid_to
    from named
    left join criteria_in_charge
        on
            named.reporters = 'has_criteria'
            and (';' || replace(criteria_in_charge.reporter_code, ' ', '') || ';' like '%;' || named.reporter_code || ';%')
    left join seconding
        on
            named.reporters = 'seconds_an_officer'
            and named.reporter_code = seconding.reporter_code
    where
        (named.reporters <> 'has_criteria' or criteria_in_charge.reporter_code is not null)
        and (named.reporters <> 'seconds_an_officer' or seconding.reporter_code is not null)
)

select
    reporter_code,
    form,
    frequency,
    due_days,
    non_working_day,
    valid_from,
    valid_to,
    -- where two rules hold on a day, the newer one, and of two of one day the one that names the reporter
    row_number() over (
        partition by reporter_code, form
        order by rule_valid_from desc, reporters = 'all', valid_from
    ) as precedence
from narrowed
where valid_from < valid_to
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "reporter_code", "form", "valid_from", "valid_to", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('449' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('2025-07-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('2016-12-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('2016-12-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", 
    
    cast('S02' as character varying)
 as "form", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('S03' as character varying)
 as "form", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected