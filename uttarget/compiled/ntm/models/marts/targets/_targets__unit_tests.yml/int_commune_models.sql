
-- Fixture for int_commune_models
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "commune_code", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(1 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(1 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(1 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "commune_code", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(0 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(3 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(0 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"