
-- Fixture for int_districts_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "kind"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "kind"