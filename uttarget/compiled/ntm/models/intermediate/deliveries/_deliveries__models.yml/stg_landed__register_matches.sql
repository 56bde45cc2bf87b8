
-- Fixture for stg_landed__register_matches
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(1 as BIGINT)
 as "register_no", 
    
    cast('2014-10-01T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(3 as BIGINT)
 as "register_no", 
    
    cast('2014-10-03T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(4 as BIGINT)
 as "register_no", 
    
    cast('2014-10-04T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('b.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(6 as BIGINT)
 as "register_no", 
    
    cast('2014-10-06T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('c.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(7 as BIGINT)
 as "register_no", 
    
    cast('2014-10-07T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('d.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"