
-- Fixture for stg_reference__parameters
select 
    
    cast('stale_copy_history' as character varying)
 as "name", 
    
    cast('2' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('stale_copy_min_cells' as character varying)
 as "name", 
    
    cast('10' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"