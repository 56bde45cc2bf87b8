
-- Fixture for stg_reference__targets
select 
    
    cast('T08' as character varying)
 as "target_id", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "level", cast(null as character varying(256)) as "metric_en", cast(null as character varying(256)) as "operator", cast(null as DOUBLE) as "target_value", cast(null as character varying(256)) as "unit", cast(null as DATE) as "deadline", 
    
    cast('2.6b' as character varying)
 as "notice_item", cast(null as character varying(256)) as "unit_kinds"