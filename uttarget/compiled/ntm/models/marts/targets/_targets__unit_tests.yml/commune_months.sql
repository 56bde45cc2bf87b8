
-- Fixture for commune_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a1' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(19 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b1' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(0 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"