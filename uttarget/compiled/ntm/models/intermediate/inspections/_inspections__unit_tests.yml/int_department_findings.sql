
-- Fixture for int_department_findings
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('a12' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "status"
union all
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"