
-- Fixture for int_target_measures
select 
    
    cast('T02a' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('1.3f' as character varying)
 as "notice_item", 
    
    cast(True as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T02b' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('1.3f' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2015-06-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('42' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('3.3b' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T05' as character varying)
 as "target_id", 
    
    cast('2015-06-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('443' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('3.3b' as character varying)
 as "notice_item", 
    
    cast(True as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"
union all
select 
    
    cast('T08' as character varying)
 as "target_id", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('S-XD' as character varying)
 as "unit_code", cast(null as BOOLEAN) as "is_target_unit", cast(null as DOUBLE) as "value", cast(null as HUGEINT) as "numerator", cast(null as BIGINT) as "denominator", cast(null as BIGINT) as "units", cast(null as DOUBLE) as "ceiling", cast(null as character varying(256)) as "operator", cast(null as character varying(256)) as "unit", cast(null as DOUBLE) as "target_value", cast(null as DATE) as "deadline", 
    
    cast('2.6b' as character varying)
 as "notice_item", 
    
    cast(False as BOOLEAN)
 as "is_met", cast(null as DOUBLE) as "gap"