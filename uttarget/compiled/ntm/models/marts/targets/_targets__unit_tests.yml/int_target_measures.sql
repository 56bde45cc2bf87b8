
-- Fixture for int_target_measures
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(40 as DOUBLE)
 as "value", 
    
    cast(40 as HUGEINT)
 as "numerator", 
    
    cast(200 as BIGINT)
 as "denominator", 
    
    cast(200 as BIGINT)
 as "units", 
    
    cast(200 as DOUBLE)
 as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast('2014-12-31' as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(38 as DOUBLE)
 as "value", 
    
    cast(38 as HUGEINT)
 as "numerator", 
    
    cast(100 as BIGINT)
 as "denominator", 
    
    cast(200 as BIGINT)
 as "units", 
    
    cast(200 as DOUBLE)
 as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast('2014-12-31' as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(36 as DOUBLE)
 as "value", 
    
    cast(36 as HUGEINT)
 as "numerator", 
    
    cast(200 as BIGINT)
 as "denominator", 
    
    cast(200 as BIGINT)
 as "units", 
    
    cast(200 as DOUBLE)
 as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast('2014-12-31' as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2015-01-31' as DATE)
 as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(0 as DOUBLE)
 as "value", 
    
    cast(0 as HUGEINT)
 as "numerator", 
    
    cast(200 as BIGINT)
 as "denominator", 
    
    cast(200 as BIGINT)
 as "units", 
    
    cast(200 as DOUBLE)
 as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast('2014-12-31' as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", 
    
    cast(True as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(False as BOOLEAN)
 as "is_target_unit", 
    
    cast(3 as DOUBLE)
 as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", 
    
    cast(10 as BIGINT)
 as "units", 
    
    cast(10 as DOUBLE)
 as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast('2014-12-31' as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(3 as DOUBLE)
 as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", 
    
    cast(1 as BIGINT)
 as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast(null as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(4 as DOUBLE)
 as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", 
    
    cast(1 as BIGINT)
 as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast(null as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T06' as character varying)
 as "target_id", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", 
    
    cast(True as BOOLEAN)
 as "is_target_unit", 
    
    cast(5 as DOUBLE)
 as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", 
    
    cast(1 as BIGINT)
 as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", 
    
    cast(null as DATE)
 as "deadline", cast(null as character varying(256)) as "notice_item", cast(null as BOOLEAN) as "is_met", cast(null as DOUBLE) as "gap"