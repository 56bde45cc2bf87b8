
-- Fixture for stg_reference__leadership_index_weights
select 
    
    cast('criteria_level' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.375 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('new_models' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.125 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('tasks_on_time' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.5 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"