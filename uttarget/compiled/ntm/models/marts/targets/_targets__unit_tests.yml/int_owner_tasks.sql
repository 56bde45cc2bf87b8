
-- Fixture for int_owner_tasks
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(4 as BIGINT)
 as "tasks_due", 
    
    cast(1 as BIGINT)
 as "tasks_done_on_time"