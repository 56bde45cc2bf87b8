
-- Fixture for stg_landed__submissions
select 
    
    cast('good' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('better' as character varying)
 as "submission_id", 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('unusable' as character varying)
 as "submission_id", 
    
    cast('d3' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('rejected' as character varying)
 as "status", 
    
    cast('F05' as character varying)
 as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('ahead' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-11' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('register_1' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('V02' as character varying)
 as "form", 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast(null as character varying(256))
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('register_2' as character varying)
 as "submission_id", 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('V02' as character varying)
 as "form", 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast(null as character varying(256))
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"