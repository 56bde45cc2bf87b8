
-- Fixture for stg_reference__criteria_sets
select 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", cast(null as INTEGER) as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2013-02-20' as DATE)
 as "valid_from", 
    
    cast('2016-12-01' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", cast(null as INTEGER) as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2016-12-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"