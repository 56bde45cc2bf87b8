
-- Fixture for int_register_rows
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(2 as BIGINT)
 as "register_no", 
    
    cast('2014-10-02T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(True as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(5 as BIGINT)
 as "register_no", 
    
    cast('2014-10-05T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('b.xlsx' as character varying)
 as "matched_path", 
    
    cast(True as BOOLEAN)
 as "is_withdrawal"