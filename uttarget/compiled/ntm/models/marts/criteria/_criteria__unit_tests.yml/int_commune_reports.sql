
-- Fixture for int_commune_reports
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast('met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast('not_met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('2014-12-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('2014-12-01' as DATE)
 as "continuous_since_on", 
    
    cast('new' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"