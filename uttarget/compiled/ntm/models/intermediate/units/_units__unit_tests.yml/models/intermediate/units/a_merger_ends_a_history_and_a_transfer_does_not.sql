with  __dbt__cte__int_months as (

-- Fixture for int_months
select 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast('2015-03-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-04-01' as DATE)
 as "month", 
    
    cast('2015-04-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
),  __dbt__cte__stg_reference__units as (

-- Fixture for stg_reference__units
select 
    
    cast('district' as character varying)
 as "level", 
    
    cast('447' as character varying)
 as "unit_code", 
    
    cast('Huyện' as character varying)
 as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('district' as character varying)
 as "level", 
    
    cast('449' as character varying)
 as "unit_code", 
    
    cast('Thị xã' as character varying)
 as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('moved' as character varying)
 as "unit_code", 
    
    cast('A' as character varying)
 as "name_vi", 
    
    cast('xã' as character varying)
 as "kind", 
    
    cast('447' as character varying)
 as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-04-10' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('moved' as character varying)
 as "unit_code", 
    
    cast('A' as character varying)
 as "name_vi", 
    
    cast('phường' as character varying)
 as "kind", 
    
    cast('449' as character varying)
 as "parent_code", 
    
    cast('2015-04-10' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('commune' as character varying)
 as "level", 
    
    cast('grown' as character varying)
 as "unit_code", 
    
    cast('B' as character varying)
 as "name_vi", 
    
    cast('xã' as character varying)
 as "kind", 
    
    cast('447' as character varying)
 as "parent_code", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
),  __dbt__cte__stg_reference__unit_changes as (

-- Fixture for stg_reference__unit_changes
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('transfer' as character varying)
 as "change_type", 
    
    cast('moved' as character varying)
 as "old_code", 
    
    cast('moved' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('reclassify' as character varying)
 as "change_type", 
    
    cast('moved' as character varying)
 as "old_code", 
    
    cast('moved' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('merge' as character varying)
 as "change_type", 
    
    cast('gone' as character varying)
 as "old_code", 
    
    cast('grown' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('2015-04-10' as DATE)
 as "effective_on", 
    
    cast('merge' as character varying)
 as "change_type", 
    
    cast('grown' as character varying)
 as "old_code", 
    
    cast('grown' as character varying)
 as "new_code", cast(null as character varying(256)) as "decree", cast(null as character varying(256)) as "note"
), months as (
    select * from __dbt__cte__int_months
),

units as (
    select * from __dbt__cte__stg_reference__units
),

unit_changes as (
    select * from __dbt__cte__stg_reference__unit_changes
),

-- a merger, split or abolition ends a history, for whoever gave and whoever took; a transfer, a reclassification, a new name or a recoding does not
breaks as (
    select
        old_code as commune_code,
        effective_on
    from unit_changes
    where change_type in ('merge', 'split', 'abolish')
    union
    select
        new_code as commune_code,
        effective_on
    from unit_changes
    where change_type in ('merge', 'split', 'abolish')
),

communes as (
    select
        months.month,
        months.month_end,
        units.unit_code as commune_code,
        units.name_vi as commune_name,
        units.kind,
        units.parent_code
    from months
    inner join units
        on units.level = 'commune' and (months.month_end >= units.valid_from and months.month_end < units.valid_to)
),

histories as (
    select
        communes.month,
        communes.commune_code,
        max(breaks.effective_on) as continuous_since_on
    from communes
    inner join breaks
        on communes.commune_code = breaks.commune_code and communes.month_end >= breaks.effective_on
    group by communes.month, communes.commune_code
)

select
    communes.month,
    communes.month_end,
    communes.commune_code,
    communes.commune_name,
    communes.kind,
    communes.kind = 'xã' as is_rural,
    districts.unit_code as district_code,
    districts.name_vi as district_name,
    coalesce(histories.continuous_since_on, cast('1900-01-01' as date)) as continuous_since_on
from communes
left join units as districts
    on
        communes.parent_code = districts.unit_code
        and districts.level = 'district'
        and (communes.month_end >= districts.valid_from and communes.month_end < districts.valid_to)
left join histories
    on communes.commune_code = histories.commune_code and communes.month = histories.month