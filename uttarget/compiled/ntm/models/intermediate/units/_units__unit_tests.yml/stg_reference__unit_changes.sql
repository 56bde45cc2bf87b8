
-- Fixture for stg_reference__unit_changes
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('transfer' as character varying)
 as "change_type", 
    
    cast('moved' as character varying)
 as "old_code", 
    
    cast('moved' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('reclassify' as character varying)
 as "change_type", 
    
    cast('moved' as character varying)
 as "old_code", 
    
    cast('moved' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('merge' as character varying)
 as "change_type", 
    
    cast('gone' as character varying)
 as "old_code", 
    
    cast('grown' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('merge' as character varying)
 as "change_type", 
    
    cast('grown' as character varying)
 as "old_code", 
    
    cast('grown' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"