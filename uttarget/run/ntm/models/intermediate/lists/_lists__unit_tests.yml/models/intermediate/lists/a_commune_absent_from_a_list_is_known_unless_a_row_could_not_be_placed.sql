
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "commune_code","form","is_known", 'actual' as "actual_or_expected"
  from (
    -- Which list of which submission speaks of a commune, and whether what it says of the commune can be known.
with  __dbt__cte__int_communes_at_month as (

-- Fixture for int_communes_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('w' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(False as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('e' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('x' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('silent' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as DATE) as "continuous_since_on"
),  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H03' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d3' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H04' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('d4' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('e' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast('e2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
union all
select 
    
    cast('silent' as character varying)
 as "reporter_code", 
    
    cast('H02' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", 
    
    cast(null as character varying(256))
 as "submission_id", cast(null as character varying(256)) as "exception_reason", cast(null as BOOLEAN) as "is_past_due"
),  __dbt__cte__stg_districts__h02 as (

-- Fixture for stg_districts__h02
select 
    
    cast('d2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R02' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", cast(null as character varying(256)) as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('d2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", cast(null as character varying(256)) as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('e2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03_same' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", cast(null as character varying(256)) as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('e2' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "model_name", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "owner_name", cast(null as character varying(256)) as "owner_kind", cast(null as character varying(256)) as "sector", cast(null as character varying(256)) as "product", cast(null as character varying(256)) as "size", cast(null as DOUBLE) as "revenue_million_vnd", cast(null as BIGINT) as "workers", cast(null as DATE) as "started_on", cast(null as BOOLEAN) as "is_linked", cast(null as character varying(256)) as "linked_buyer", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
),  __dbt__cte__stg_districts__h03 as (

-- Fixture for stg_districts__h03
select 
    
    cast('d3' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", cast(null as DATE) as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('d3' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R01' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "name", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "commune_name", 
    
    cast(null as character varying(256))
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "registration_no", cast(null as DATE) as "founded_on", cast(null as character varying(256)) as "sector", cast(null as DOUBLE) as "capital_million_vnd", cast(null as BIGINT) as "members", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "note"
),  __dbt__cte__stg_districts__h04 as (

-- Fixture for stg_districts__h04
select 
    
    cast('d4' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "village", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "owner_name", cast(null as BIGINT) as "criteria_met", cast(null as character varying(256)) as "status", cast(null as DATE) as "recognised_on", cast(null as character varying(256)) as "note"
),  __dbt__cte__stg_districts__h06 as (

-- Fixture for stg_districts__h06
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "officer_name", cast(null as character varying(256)) as "position", cast(null as BOOLEAN) as "is_leader", cast(null as DATE) as "from_date", cast(null as DATE) as "to_date", cast(null as character varying(256)) as "note"
    limit 0
), communes as (
    select * from __dbt__cte__int_communes_at_month where is_rural
),

submissions as (
    select * from __dbt__cte__int_obligations where form in ('H02', 'H03', 'H04', 'H06') and submission_id is not null
),

list_rows as (
    
    select
        submission_id,
        commune_code,
        unused_reason
    from __dbt__cte__stg_districts__h02
    union all
    
    select
        submission_id,
        commune_code,
        unused_reason
    from __dbt__cte__stg_districts__h03
    union all
    
    select
        submission_id,
        commune_code,
        unused_reason
    from __dbt__cte__stg_districts__h04
    union all
    
    select
        submission_id,
        commune_code,
        unused_reason
    from __dbt__cte__stg_districts__h06
    
    
),

-- a row that could not be placed may be of any commune that is absent; a row of another district's commune (R02) is of none
submission_gaps as (
    select distinct submission_id
    from list_rows
    where commune_code is null and coalesce(unused_reason, 'used') <> 'R02'
),

-- a row of the commune that could not be used hides what it says; the second of two equal rows (R03_same) hides nothing
commune_rows as (
    select
        submission_id,
        commune_code,
        bool_or(coalesce(unused_reason, 'R03_same') <> 'R03_same') as has_unusable_row
    from list_rows
    where commune_code is not null
    group by submission_id, commune_code
)

select
    communes.month,
    communes.commune_code,
    communes.district_code,
    communes.continuous_since_on,
    submissions.form,
    submissions.submission_id,
    case
        when commune_rows.commune_code is not null then not commune_rows.has_unusable_row
        else submission_gaps.submission_id is null
    end as is_known
from communes
inner join submissions
    on communes.district_code = submissions.reporter_code and communes.month = submissions.month
left join commune_rows
    on submissions.submission_id = commune_rows.submission_id and communes.commune_code = commune_rows.commune_code
left join submission_gaps
    on submissions.submission_id = submission_gaps.submission_id
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "commune_code", "form", "is_known", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast('H02' as character varying)
 as "form", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('H03' as character varying)
 as "form", 
    
    cast(True as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('H03' as character varying)
 as "form", 
    
    cast(False as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('H04' as character varying)
 as "form", 
    
    cast(False as BOOLEAN)
 as "is_known"
union all
select 
    
    cast('b' as character varying)
 as "commune_code", 
    
    cast('H04' as character varying)
 as "form", 
    
    cast(True as BOOLEAN)
 as "is_known"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected