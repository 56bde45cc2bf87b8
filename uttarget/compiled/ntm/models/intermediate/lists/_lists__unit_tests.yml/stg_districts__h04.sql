
-- Fixture for stg_districts__h04
select 
    
    cast('d4' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "owner_name", cast(null as BIGINT) as "criteria_met", cast(null as character varying(256)) as "status", cast(null as DATE) as "recognised_on", cast(null as character varying(256)) as "note"