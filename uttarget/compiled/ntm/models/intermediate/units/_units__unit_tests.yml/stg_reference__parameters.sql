
-- Fixture for stg_reference__parameters
select 
    
    cast('weak_below_criteria' as character varying)
 as "name", 
    
    cast('7' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-01-01' as DATE)
 as "valid_to"
union all
select 
    
    cast('weak_below_criteria' as character varying)
 as "name", 
    
    cast('8' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('2015-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"