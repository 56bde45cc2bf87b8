
-- Fixture for int_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('2014-12-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2015-01-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('2015-02-28' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast('2015-03-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"