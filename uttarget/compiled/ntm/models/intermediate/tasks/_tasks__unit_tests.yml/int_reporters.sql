
-- Fixture for int_reporters
select 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast('office' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('district' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
union all
select 
    
    cast('S-XD' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"