
-- Fixture for stg_districts__h02
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-09-30' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('medium' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-08-31' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('small' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2013-09-01' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('medium' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast(null as character varying(256))
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast(null as character varying(256))
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('small' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast(null as character varying(256))
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('d' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", 
    
    cast('2014-09-01' as DATE)
 as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('stopped' as character varying)
 as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03_same' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('e' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", 
    
    cast('large' as character varying)
 as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", 
    
    cast('running' as character varying)
 as "status", cast(null as character varying(256)) as "note"