
-- Fixture for int_task_reports
select 
    
    cast('by_day' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", 
    
    cast('2014-11-29' as DATE)
 as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('late' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-11-09T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('in_progress' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"
union all
select 
    
    cast('monthly' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-12-01T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as INTEGER)
 as "row_number", 
    
    cast('done' as character varying)
 as "status", cast(null as DOUBLE) as "percent_done", cast(null as DATE) as "done_on", cast(null as character varying(256)) as "evidence"