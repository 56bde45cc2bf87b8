
-- Fixture for int_commune_models
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('few_criteria' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(3 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('no_model' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(0 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(True as BOOLEAN)
 as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('strong' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", 
    
    cast(3 as BIGINT)
 as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", cast(null as BIGINT) as "models_large_new_ytd", cast(null as BIGINT) as "models_medium_new_ytd", cast(null as BIGINT) as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", 
    
    cast(False as BOOLEAN)
 as "has_no_model"