
-- Fixture for int_communes_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('w' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(False as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('e' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('x' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('silent' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"