
-- Fixture for int_open_findings
select 
    
    cast('f' as character varying)
 as "finding_id", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "reporter_code", 
    
    cast('strong' as character varying)
 as "unit_code"
union all
select 
    
    cast('f' as character varying)
 as "finding_id", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "reporter_code", 
    
    cast('strong' as character varying)
 as "unit_code"