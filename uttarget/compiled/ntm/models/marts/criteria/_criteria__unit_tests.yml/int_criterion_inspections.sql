
-- Fixture for int_criterion_inspections
select 
    
    cast('2014-11-05' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "submission_id", cast(null as BOOLEAN) as "is_confirmed", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('2014-11-06' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "submission_id", cast(null as BOOLEAN) as "is_confirmed", 
    
    cast(null as character varying(256))
 as "status"