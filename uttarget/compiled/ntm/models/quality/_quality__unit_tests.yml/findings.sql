
-- Fixture for findings
select 
    
    cast('f1' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D01' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f2' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D03' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f3' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('D01' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H03' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('explained' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"
union all
select 
    
    cast('f4' as character varying)
 as "finding_id", cast(null as character varying(256)) as "subject_id", 
    
    cast('R04' as character varying)
 as "rule_id", cast(null as character varying(256)) as "severity", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-05' as character varying)
 as "period", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as DOUBLE) as "difference", 
    
    cast('a' as character varying)
 as "message_vi", 
    
    cast('b' as character varying)
 as "message_en", 
    
    cast('open' as character varying)
 as "state", cast(null as character varying(256)) as "explanation", cast(null as TIMESTAMP) as "detected_at", cast(null as DATE) as "month", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as INTEGER) as "row_number"