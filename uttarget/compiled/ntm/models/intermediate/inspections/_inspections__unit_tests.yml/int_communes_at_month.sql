
-- Fixture for int_communes_at_month
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"