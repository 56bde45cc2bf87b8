
-- Fixture for stg_departments__s01
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('own_row_wins' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('not_met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('own_row_wins' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('not_met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", 
    
    cast(';status;' as character varying)
 as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.3' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", 
    
    cast(';status;' as character varying)
 as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('twice' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('nothing_given' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"