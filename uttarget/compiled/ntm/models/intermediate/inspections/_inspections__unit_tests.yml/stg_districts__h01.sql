
-- Fixture for stg_districts__h01
select 
    
    cast('h11' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast(null as character varying(256))
 as "criterion_2", 
    
    cast('met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('h10' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('not_met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('h09' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"