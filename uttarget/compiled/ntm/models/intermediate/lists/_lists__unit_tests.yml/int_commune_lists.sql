
-- Fixture for int_commune_lists
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('d' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('e' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('f' as character varying)
 as "commune_code", 
    
    cast('d' as character varying)
 as "district_code", cast(null as DATE) as "continuous_since_on", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('s' as character varying)
 as "submission_id", 
    
    cast(False as BOOLEAN)
 as "is_known"