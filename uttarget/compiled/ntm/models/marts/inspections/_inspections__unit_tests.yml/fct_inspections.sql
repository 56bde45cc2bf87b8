
-- Fixture for fct_inspections
select cast(null as DATE) as "month", 
    
    cast('2014-10-05' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('criterion' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(True as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('random' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", 
    
    cast(0.25 as DOUBLE)
 as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-10-05' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('criterion' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(True as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('random' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", 
    
    cast(0.25 as DOUBLE)
 as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-10-06' as DATE)
 as "inspected_on", 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('criterion' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(False as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('random' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", 
    
    cast(0.5 as DOUBLE)
 as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-10-07' as DATE)
 as "inspected_on", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('model' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(False as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('risk' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", cast(null as DOUBLE) as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-10-08' as DATE)
 as "inspected_on", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('model' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(True as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast(null as character varying(256))
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", cast(null as DOUBLE) as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-10-08' as DATE)
 as "inspected_on", 
    
    cast('d' as character varying)
 as "commune_code", 
    
    cast('443' as character varying)
 as "district_code", 
    
    cast('garden' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(null as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('risk' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", cast(null as DOUBLE) as "item_probability", cast(null as BOOLEAN) as "is_new_model"
union all
select cast(null as DATE) as "month", 
    
    cast('2014-11-01' as DATE)
 as "inspected_on", 
    
    cast('e' as character varying)
 as "commune_code", 
    
    cast('445' as character varying)
 as "district_code", 
    
    cast('garden' as character varying)
 as "item_kind", cast(null as character varying(256)) as "item_id", cast(null as character varying(256)) as "item", cast(null as INTEGER) as "criterion_no", cast(null as character varying(256)) as "inspected_status", 
    
    cast(True as BOOLEAN)
 as "is_confirmed", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as character varying(256)) as "cell", cast(null as DATE) as "plan_month", cast(null as INTEGER) as "plan_item_no", 
    
    cast('risk' as character varying)
 as "plan_part", cast(null as DOUBLE) as "inclusion_probability", cast(null as DOUBLE) as "item_probability", cast(null as BOOLEAN) as "is_new_model"