
-- Fixture for stg_reference__contacts
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('A' as character varying)
 as "contact_name", 
    
    cast(null as character varying(256))
 as "email", 
    
    cast(null as character varying(256))
 as "phone"
union all
select 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('B' as character varying)
 as "contact_name", 
    
    cast(null as character varying(256))
 as "email", 
    
    cast(null as character varying(256))
 as "phone"