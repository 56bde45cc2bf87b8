
-- Fixture for int_target_communes
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(False as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T03' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(null as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(True as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"
union all
select 
    
    cast('T09' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('443' as character varying)
 as "district_code", cast(null as INTEGER) as "criteria_met_latest", 
    
    cast(null as BOOLEAN)
 as "answer", 
    
    cast(True as BOOLEAN)
 as "is_asked", cast(null as INTEGER) as "missing", cast(null as character varying(256)) as "missing_vi", cast(null as character varying(256)) as "missing_en", cast(null as BOOLEAN) as "is_against"