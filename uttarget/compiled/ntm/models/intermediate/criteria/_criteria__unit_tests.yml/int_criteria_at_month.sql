
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