
-- Fixture for int_reporters
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"