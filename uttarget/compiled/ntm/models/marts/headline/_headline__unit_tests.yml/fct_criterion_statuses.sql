
-- Fixture for fct_criterion_statuses
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('not_met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('not_met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast(null as character varying(256))
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast(null as character varying(256))
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('half_known' as character varying)
 as "commune_code", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "criteria_set_id", cast(null as character varying(256)) as "district_code", 
    
    cast('met' as character varying)
 as "reported_status", cast(null as character varying(256)) as "verified_status", cast(null as character varying(256)) as "inspected_status", cast(null as character varying(256)) as "official_status", cast(null as character varying(256)) as "official_source", cast(null as character varying(256)) as "reported_state", cast(null as BOOLEAN) as "is_disputed", cast(null as character varying(256)) as "reported_submission_id", cast(null as character varying(256)) as "reported_sheet", cast(null as character varying(256)) as "reported_cell", cast(null as character varying(256)) as "verified_submission_id", 
    
    cast('met' as character varying)
 as "latest_status", cast(null as DATE) as "latest_month", cast(null as character varying(256)) as "previous_status", 
    
    cast(True as BOOLEAN)
 as "is_row_used"