
-- Fixture for int_reporters
select 
    
    cast('449' as character varying)
 as "reporter_code", 
    
    cast('district' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('2025-07-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"