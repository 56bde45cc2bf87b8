
-- Fixture for int_department_verdict_rows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast('met' as character varying)
 as "verdict_1", 
    
    cast('s3' as character varying)
 as "submission_1", cast(null as character varying(256)) as "verdict_2", cast(null as character varying(256)) as "submission_2", cast(null as character varying(256)) as "verdict_3", cast(null as character varying(256)) as "submission_3", cast(null as character varying(256)) as "verdict_4", cast(null as character varying(256)) as "submission_4", cast(null as character varying(256)) as "verdict_5", cast(null as character varying(256)) as "submission_5", cast(null as character varying(256)) as "verdict_6", cast(null as character varying(256)) as "submission_6", cast(null as character varying(256)) as "verdict_7", cast(null as character varying(256)) as "submission_7", cast(null as character varying(256)) as "verdict_8", cast(null as character varying(256)) as "submission_8", cast(null as character varying(256)) as "verdict_9", cast(null as character varying(256)) as "submission_9", cast(null as character varying(256)) as "verdict_10", cast(null as character varying(256)) as "submission_10", cast(null as character varying(256)) as "verdict_11", cast(null as character varying(256)) as "submission_11", cast(null as character varying(256)) as "verdict_12", cast(null as character varying(256)) as "submission_12", cast(null as character varying(256)) as "verdict_13", cast(null as character varying(256)) as "submission_13", cast(null as character varying(256)) as "verdict_14", cast(null as character varying(256)) as "submission_14", cast(null as character varying(256)) as "verdict_15", cast(null as character varying(256)) as "submission_15", cast(null as character varying(256)) as "verdict_16", cast(null as character varying(256)) as "submission_16", cast(null as character varying(256)) as "verdict_17", cast(null as character varying(256)) as "submission_17", cast(null as character varying(256)) as "verdict_18", cast(null as character varying(256)) as "submission_18", cast(null as character varying(256)) as "verdict_19", cast(null as character varying(256)) as "submission_19", cast(null as character varying(256)) as "verdict_20", cast(null as character varying(256)) as "submission_20"