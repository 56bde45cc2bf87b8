
-- Fixture for int_periods
select 
    
    cast('2015-03' as character varying)
 as "period", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast('2015-03-01' as DATE)
 as "period_start", 
    
    cast('2015-03-31' as DATE)
 as "period_end", 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast(1 as BIGINT)
 as "period_no"