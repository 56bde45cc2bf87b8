
-- Fixture for stg_reference__criteria
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(2 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", 
    
    cast('S-C' as character varying)
 as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"