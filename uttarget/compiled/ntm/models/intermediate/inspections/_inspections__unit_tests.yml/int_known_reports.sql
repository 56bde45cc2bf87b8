
-- Fixture for int_known_reports
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('h11' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('h10' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('h09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('a12' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-B' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"