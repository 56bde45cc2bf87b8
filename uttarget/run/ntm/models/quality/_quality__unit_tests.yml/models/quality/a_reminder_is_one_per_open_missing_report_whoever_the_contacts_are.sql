
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "finding_id","reporter_name","form","status","missing_since_on","days_overdue","has_contact", 'actual' as "actual_or_expected"
  from (
    -- What to ask of whom: a missing report is a finding that is open, so one whose explanation was accepted is asked for no more.
with  __dbt__cte__findings as (

-- Fixture for findings
select 
    
    cast('f1' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D01' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f2' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D03' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f3' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D01' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H03' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('explained' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f4' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('R04' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
),  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "frequency", cast(null as DATE) as "month", cast(null as DATE) as "period_start", 
    
    cast('2015-05-31' as DATE)
 as "period_end", cast(null as BIGINT) as "period_no", 
    
    cast('2015-06-05' as DATE)
 as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", 
    
    cast(45 as BIGINT)
 as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "frequency", cast(null as DATE) as "month", cast(null as DATE) as "period_start", 
    
    cast('2015-05-31' as DATE)
 as "period_end", cast(null as BIGINT) as "period_no", 
    
    cast('2015-06-05' as DATE)
 as "due_on", 
    
    cast('rejected_only' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", 
    
    cast(45 as BIGINT)
 as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H03' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "frequency", cast(null as DATE) as "month", cast(null as DATE) as "period_start", 
    
    cast('2015-05-31' as DATE)
 as "period_end", cast(null as BIGINT) as "period_no", 
    
    cast('2015-06-05' as DATE)
 as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", 
    
    cast(45 as BIGINT)
 as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
),  __dbt__cte__int_reporters as (

-- Fixture for int_reporters
select 
    
    cast('443' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", 
    
    cast('Huyện cũ' as character varying)
 as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-04-09' as DATE)
 as "valid_to"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", 
    
    cast('Huyện Đức Thọ' as character varying)
 as "name_vi", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
),  __dbt__cte__stg_reference__contacts as (

-- Fixture for stg_reference__contacts
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('A' as character varying)
 as "contact_name", 
    
    cast(null as character varying(256))
 as "email", 
    
    cast(null as character varying(256))
 as "phone"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('B' as character varying)
 as "contact_name", 
    
    cast(null as character varying(256))
 as "email", 
    
    cast(null as character varying(256))
 as "phone"
), missing as (
    select * from __dbt__cte__findings where rule_id in ('D01', 'D03') and state = 'open'
),

obligations as (
    select * from __dbt__cte__int_obligations
),

reporters as (
    select * from __dbt__cte__int_reporters
),

contacts as (
    select distinct reporter_code
    from __dbt__cte__stg_reference__contacts
    where coalesce(contact_name, email, phone) is not null
)

select
    obligations.reporter_code,
    reporters.name_vi as reporter_name,
    obligations.form,
    obligations.period,
    obligations.status,
    obligations.due_on,
    cast(obligations.due_on + 1 as date) as missing_since_on,
    cast(obligations.days_overdue as integer) as days_overdue,
    contacts.reporter_code is not null as has_contact,
    missing.message_vi,
    missing.message_en,
    missing.finding_id,
    obligations.month
from missing
inner join obligations
    on
        missing.reporter_code = obligations.reporter_code
        and missing.form = obligations.form
        and missing.period = obligations.period
inner join reporters
    on
        obligations.reporter_code = reporters.reporter_code
        and (obligations.period_end >= reporters.valid_from and obligations.period_end < reporters.valid_to)
left join contacts
    on obligations.reporter_code = contacts.reporter_code
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "finding_id", "reporter_name", "form", "status", "missing_since_on", "days_overdue", "has_contact", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('f1' as character varying)
 as "finding_id", 
    
    cast('Huyện Đức Thọ' as character varying)
 as "reporter_name", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('missing' as character varying)
 as "status", 
    
    cast('2015-06-06' as DATE)
 as "missing_since_on", 
    
    cast(45 as INTEGER)
 as "days_overdue", 
    
    cast(True as BOOLEAN)
 as "has_contact"
union all
select 
    
    cast('f2' as character varying)
 as "finding_id", 
    
    cast('Huyện Đức Thọ' as character varying)
 as "reporter_name", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('rejected_only' as character varying)
 as "status", 
    
    cast('2015-06-06' as DATE)
 as "missing_since_on", 
    
    cast(45 as INTEGER)
 as "days_overdue", 
    
    cast(True as BOOLEAN)
 as "has_contact"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected