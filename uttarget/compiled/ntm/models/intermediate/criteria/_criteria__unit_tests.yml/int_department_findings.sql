
-- Fixture for int_department_findings
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('both_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('both_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('one_not_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('one_not_met' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('a' as character varying)
 as "submission_id", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b' as character varying)
 as "submission_id", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "status"
union all
select 
    
    cast('c' as character varying)
 as "submission_id", 
    
    cast('not_in_charge' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"