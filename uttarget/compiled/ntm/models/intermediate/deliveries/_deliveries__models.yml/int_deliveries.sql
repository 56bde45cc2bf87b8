
-- Fixture for int_deliveries
select 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('d1' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-01T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(1 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('d2' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-02T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(2 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('d3' as character varying)
 as "delivery_id", 
    
    cast('d3' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-03T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(3 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"