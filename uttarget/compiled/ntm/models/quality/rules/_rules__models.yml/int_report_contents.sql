
-- Fixture for int_report_contents
select 
    
    cast('a1' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-09' as character varying)
 as "period", 
    
    cast('2014-09-30' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a2' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-10' as character varying)
 as "period", 
    
    cast('2014-10-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(2 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a3' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-11' as character varying)
 as "period", 
    
    cast('2014-11-30' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a4_first' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a4' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a5' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-01' as character varying)
 as "period", 
    
    cast('2015-01-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('b1' as character varying)
 as "submission_id", 
    
    cast('b' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"