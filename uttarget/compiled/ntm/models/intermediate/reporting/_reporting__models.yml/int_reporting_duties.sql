
-- Fixture for int_reporting_duties
select 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('b' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('next_working_day' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('c' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(2 as BIGINT)
 as "precedence"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(7 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('e' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(7 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-03-31' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"