
-- Fixture for int_communes_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('ward' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(False as BOOLEAN)
 as "is_rural", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"