
-- Fixture for int_h01_previous
select 
    
    cast(2 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(1 as BIGINT)
 as "earlier_row_id", 
    
    cast('old' as character varying)
 as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast(null as character varying(256))
 as "obstacle"
union all
select 
    
    cast(3 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(null as BIGINT)
 as "earlier_row_id", cast(null as character varying(256)) as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast('no_previous_period' as character varying)
 as "obstacle"
union all
select 
    
    cast(4 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(1 as BIGINT)
 as "earlier_row_id", 
    
    cast('old' as character varying)
 as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast(null as character varying(256))
 as "obstacle"