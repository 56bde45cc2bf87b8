
-- Fixture for stg_reference__holidays
select 
    
    cast('2015-04-30' as DATE)
 as "holiday_on", cast(null as character varying(256)) as "name_vi"
union all
select 
    
    cast('2015-05-01' as DATE)
 as "holiday_on", cast(null as character varying(256)) as "name_vi"