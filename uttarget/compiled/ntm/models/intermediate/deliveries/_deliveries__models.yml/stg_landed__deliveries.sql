
-- Fixture for stg_landed__deliveries
select 
    
    cast('again' as character varying)
 as "delivery_id", 
    
    cast('a.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('one' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(1 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('gone' as character varying)
 as "delivery_id", 
    
    cast('b.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('two' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(2 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('copy_of_gone' as character varying)
 as "delivery_id", 
    
    cast('c.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('two' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(3 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('copy_of_copy' as character varying)
 as "delivery_id", 
    
    cast('d.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('two' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(4 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"