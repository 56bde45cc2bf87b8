
-- Fixture for int_obligations
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H03' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d3' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H04' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d4' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('e' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('e2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('silent' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast(null as character varying(256))
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"