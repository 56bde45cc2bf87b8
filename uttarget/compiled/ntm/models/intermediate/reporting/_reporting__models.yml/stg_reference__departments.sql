
-- Fixture for stg_reference__departments
select 
    
    cast('S-A' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", 
    
    cast(False as BOOLEAN)
 as "is_seconding_an_officer", cast(null as character varying(256)) as "note", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S-C' as character varying)
 as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", 
    
    cast(True as BOOLEAN)
 as "is_seconding_an_officer", cast(null as character varying(256)) as "note", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"