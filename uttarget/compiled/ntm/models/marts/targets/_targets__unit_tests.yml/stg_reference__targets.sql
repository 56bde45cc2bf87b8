
-- Fixture for stg_reference__targets
select 
    
    cast('T03' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('province' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('<=' as character varying)
 as "operator", 
    
    cast(1 as DOUBLE)
 as "target_value", 
    
    cast('communes' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('district' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('>=' as character varying)
 as "operator", 
    
    cast(60 as DOUBLE)
 as "target_value", 
    
    cast('%' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", 
    
    cast('province' as character varying)
 as "level", cast(null as character varying(256)) as "metric_en", 
    
    cast('>=' as character varying)
 as "operator", 
    
    cast(5 as DOUBLE)
 as "target_value", 
    
    cast('officers' as character varying)
 as "unit", cast(null as DATE) as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as character varying(256)) as "unit_kinds"