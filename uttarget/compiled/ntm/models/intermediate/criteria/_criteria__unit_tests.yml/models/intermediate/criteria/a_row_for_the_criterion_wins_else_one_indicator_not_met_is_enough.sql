-- What each S01 says of each commune and criterion: a row for the criterion itself wins; else not met if any indicator is not met, met if all
-- given are met; NULL where that can't be read.
with  __dbt__cte__stg_departments__s01 as (

-- Fixture for stg_departments__s01
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('own_row_wins' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('not_met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('own_row_wins' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('not_met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", 
    
    cast(';status;' as character varying)
 as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_not_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.3' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('all_given_met' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.1' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", 
    
    cast(';status;' as character varying)
 as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('one_unreadable' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('2.2' as character varying)
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('twice' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast('met' as character varying)
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('nothing_given' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "indicator_no", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "unit", 
    
    cast(null as character varying(256))
 as "status", cast(null as DATE) as "checked_on", cast(null as character varying(256)) as "note", cast(null as BOOLEAN) as "is_wide"
), findings_of_departments as (
    select
        submission_id,
        commune_code,
        criterion_no,
        status,
        coalesce(indicator_no, '') in ('', cast(criterion_no as varchar)) as is_whole_criterion,
        unused_reason is not null or coalesce(unreadable_fields like '%;' || 'status' || ';%', false) as is_unreadable
    from __dbt__cte__stg_departments__s01
    where commune_code is not null and criterion_no is not null and coalesce(unused_reason, 'used') not in ('R02', 'R03_same', 'R05')
),

-- what was left blank was not given, so it says nothing
given as (
    select * from findings_of_departments where status is not null or is_unreadable
),

by_criterion as (
    select
        submission_id,
        commune_code,
        criterion_no,
        count(case when is_whole_criterion then 1 end) as whole_rows,
        count(case when is_whole_criterion and is_unreadable then 1 end) as whole_unreadable,
        max(case when is_whole_criterion then status end) as whole_status,
        count(case when not is_whole_criterion and is_unreadable then 1 end) as indicators_unreadable,
        count(case when not is_whole_criterion and not is_unreadable and status = 'not_met' then 1 end) as indicators_not_met
    from given
    group by submission_id, commune_code, criterion_no
)

select
    submission_id,
    commune_code,
    criterion_no,
    case
        when whole_unreadable > 0 then null
        when whole_rows > 0 then whole_status
        when indicators_not_met > 0 then 'not_met'
        when indicators_unreadable > 0 then null
        else 'met'
    end as status
from by_criterion