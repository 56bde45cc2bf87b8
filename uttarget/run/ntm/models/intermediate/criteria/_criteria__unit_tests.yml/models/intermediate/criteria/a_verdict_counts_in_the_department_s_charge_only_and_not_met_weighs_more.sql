
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","status","submission_id", 'actual' as "actual_or_expected"
  from (
    -- A department's verdict on a criterion in its charge: one row per quarter, rural commune and criterion it spoke of, NULL where it can't be read.
with  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('a' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('S-B' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('b' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('c' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
),  __dbt__cte__int_department_findings as (

-- Fixture for int_department_findings
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('both_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('both_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('one_not_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('one_not_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "status"
union all
select 
    
    cast('c' as character varying)
 as "submission_id", 
    
    cast('not_in_charge' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
),  __dbt__cte__int_criteria_at_month as (

-- Fixture for int_criteria_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('set' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(2 as INTEGER)
 as "criterion_no", 
    
    cast('S-A;S-B' as character varying)
 as "responsible_reporter_code"
), submissions as (
    select * from __dbt__cte__int_obligations where form = 'S01' and submission_id is not null
),

findings as (
    select * from __dbt__cte__int_department_findings
),

criteria as (
    select * from __dbt__cte__int_criteria_at_month
)

select
    submissions.month,
    submissions.reporter_code,
    findings.commune_code,
    criteria.criteria_set_id,
    findings.criterion_no,
    submissions.submission_id,
    findings.status
from findings
inner join submissions
    on findings.submission_id = submissions.submission_id
inner join criteria
    on
        submissions.month = criteria.month
        and findings.criterion_no = criteria.criterion_no
        and (';' || replace(criteria.responsible_reporter_code, ' ', '') || ';' like '%;' || submissions.reporter_code || ';%')
-- where two departments share a criterion, it is met only if both say so
qualify
    row_number() over (
        partition by submissions.month, findings.commune_code, findings.criterion_no
        order by case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end, submissions.reporter_code
    ) = 1
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "status", "submission_id", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('both_met' as character varying)
 as "commune_code", 
    
    cast('met' as character varying)
 as "status", 
    
    cast('a' as character varying)
 as "submission_id"
union all
select 
    
    cast('one_not_met' as character varying)
 as "commune_code", 
    
    cast('not_met' as character varying)
 as "status", 
    
    cast('b' as character varying)
 as "submission_id"
union all
select 
    
    cast('one_unreadable' as character varying)
 as "commune_code", 
    
    cast(null as character varying(256))
 as "status", 
    
    cast('b' as character varying)
 as "submission_id"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected