
-- Fixture for int_obligations
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('excused' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(False as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('late' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-02-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-03-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"