
-- Fixture for stg_reference__units
select 
    
    cast('district' as character varying)
 as "level", 
    
    cast('447' as character varying)
 as "unit_code", 
    
    cast('Huyện' as character varying)
 as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('district' as character varying)
 as "level", 
    
    cast('449' as character varying)
 as "unit_code", 
    
    cast('Thị xã' as character varying)
 as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('moved' as character varying)
 as "unit_code", 
    
    cast('A' as character varying)
 as "name_vi", 
    
    cast('xã' as character varying)
 as "kind", 
    
    cast('447' as character varying)
 as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-04-10' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('moved' as character varying)
 as "unit_code", 
    
    cast('A' as character varying)
 as "name_vi", 
    
    cast('phường' as character varying)
 as "kind", 
    
    cast('449' as character varying)
 as "parent_code", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('grown' as character varying)
 as "unit_code", 
    
    cast('B' as character varying)
 as "name_vi", 
    
    cast('xã' as character varying)
 as "kind", 
    
    cast('447' as character varying)
 as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"