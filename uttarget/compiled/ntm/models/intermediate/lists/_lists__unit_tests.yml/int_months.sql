
-- Fixture for int_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"