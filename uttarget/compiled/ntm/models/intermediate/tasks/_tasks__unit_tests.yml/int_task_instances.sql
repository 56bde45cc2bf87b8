
-- Fixture for int_task_instances
select 
    
    cast('monthly' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast('2014-10' as character varying)
 as "period", 
    
    cast('2014-10-01' as DATE)
 as "period_start", 
    
    cast('2014-10-31' as DATE)
 as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-05' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('by_receipt' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('late' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('taken_back' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('soon' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-12-31' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('later' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2015-01-31' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('always' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast(null as DATE)
 as "due_on", 
    
    cast(False as BOOLEAN)
 as "is_counted"
union all
select 
    
    cast('by_day' as character varying)
 as "task_code", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(null as character varying(256))
 as "period", 
    
    cast('2014-09-07' as DATE)
 as "period_start", cast(null as DATE) as "period_end", cast(null as DATE) as "month", 
    
    cast('2014-11-30' as DATE)
 as "due_on", 
    
    cast(True as BOOLEAN)
 as "is_counted"