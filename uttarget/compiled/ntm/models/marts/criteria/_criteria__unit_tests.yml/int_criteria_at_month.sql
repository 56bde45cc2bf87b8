
-- Fixture for int_criteria_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"