
-- Fixture for int_h01_rows
select 
    
    cast(1 as BIGINT)
 as "row_id", 
    
    cast('old' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(10 as INTEGER)
 as "row_number", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(2 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(12 as INTEGER)
 as "row_number", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('not_met' as character varying)
 as "criterion_2", 
    
    cast(null as character varying(256))
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('not_met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(3 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(13 as INTEGER)
 as "row_number", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('not_met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(4 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(14 as INTEGER)
 as "row_number", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", 
    
    cast('lost again' as character varying)
 as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('not_met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('not_met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"