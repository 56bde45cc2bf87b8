
-- Fixture for stg_reference__reporting_calendar
select 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('district' as character varying)
 as "reporter_type", 
    
    cast('all' as character varying)
 as "reporters", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(5 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('has_criteria' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S02' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('seconds_an_officer' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('S03' as character varying)
 as "form", 
    
    cast('department' as character varying)
 as "reporter_type", 
    
    cast('S-A;S-B' as character varying)
 as "reporters", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(10 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-09-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"