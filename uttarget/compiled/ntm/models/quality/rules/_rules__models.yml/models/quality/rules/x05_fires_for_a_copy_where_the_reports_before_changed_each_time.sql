-- A copy of the reporter's last report, if its reports before changed each time: where nothing ever changes, a copy is no news.
with  __dbt__cte__int_report_contents as (

-- Fixture for int_report_contents
select 
    
    cast('a1' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-09' as character varying)
 as "period", 
    
    cast('2014-09-30' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(1 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a2' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-10' as character varying)
 as "period", 
    
    cast('2014-10-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(2 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a3' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-11' as character varying)
 as "period", 
    
    cast('2014-11-30' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a4_first' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a4' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('a5' as character varying)
 as "submission_id", 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2015-01' as character varying)
 as "period", 
    
    cast('2015-01-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
union all
select 
    
    cast('b1' as character varying)
 as "submission_id", 
    
    cast('b' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('2014-12' as character varying)
 as "period", 
    
    cast('2014-12-31' as DATE)
 as "period_end", cast(null as TIMESTAMP) as "received_at", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(3 as HUGEINT)
 as "content_hash", 
    
    cast(99 as HUGEINT)
 as "value_cells"
),  __dbt__cte__stg_reference__parameters as (

-- Fixture for stg_reference__parameters
select 
    
    cast('stale_copy_history' as character varying)
 as "name", 
    
    cast('2' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('stale_copy_min_cells' as character varying)
 as "name", 
    
    cast('10' as character varying)
 as "value", cast(null as character varying(256)) as "unit", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
), contents as (
    select * from __dbt__cte__int_report_contents
),

standing as (
    select
        *,
        lag(content_hash) over (partition by reporter_code, form order by period_end) as content_hash_before,
        row_number() over (partition by reporter_code, form order by period_end) as report_no
    from contents
    where is_current
),

-- how many of the reports so far differed from the one before them
histories as (
    select
        *,
        sum(case when content_hash_before <> content_hash then 1 else 0 end) over (partition by reporter_code, form order by report_no)
            as changes_so_far
    from standing
),

-- how many reports stand of the periods before
numbered as (
    select
        *,
        count(case when is_current then 1 end) over (partition by reporter_code, form order by period_end)
        - count(case when is_current then 1 end) over (partition by reporter_code, form, period_end) as reports_before
    from contents
),

compared as (
    select
        numbered.*,
        earlier.submission_id as earlier_submission_id,
        earlier.period as earlier_period,
        earlier.received_at as earlier_received_at,
        case
            when earlier.submission_id is null then 'no_previous_period'
            when numbered.value_cells < cast(stale_copy_min_cells.value as integer) then 'too_few_values'
            when long_ago.submission_id is null then 'too_few_values'
            when earlier.changes_so_far - long_ago.changes_so_far < cast(stale_copy_history.value as integer) then 'seldom_changes'
        end as obstacle,
        coalesce(numbered.content_hash = earlier.content_hash, false) as is_copy
    from numbered
    inner join __dbt__cte__stg_reference__parameters as stale_copy_history
        on stale_copy_history.name = 'stale_copy_history' and (numbered.period_end >= stale_copy_history.valid_from and numbered.period_end < stale_copy_history.valid_to)
    inner join __dbt__cte__stg_reference__parameters as stale_copy_min_cells
        on stale_copy_min_cells.name = 'stale_copy_min_cells' and (numbered.period_end >= stale_copy_min_cells.valid_from and numbered.period_end < stale_copy_min_cells.valid_to)
    left join histories as earlier
        on
            numbered.reporter_code = earlier.reporter_code
            and numbered.form = earlier.form
            and numbered.reports_before = earlier.report_no
    left join histories as long_ago
        on
            numbered.reporter_code = long_ago.reporter_code
            and numbered.form = long_ago.form
            and numbered.reports_before - cast(stale_copy_history.value as integer) = long_ago.report_no
)

select 
        cast('X05' as varchar) as rule_id,
        cast(case when case when obstacle is null then is_copy end then 'failed' when not (case when obstacle is null then is_copy end) then 'passed' else 'not_evaluated' end as varchar) as outcome,
        cast(obstacle as varchar) as outcome_reason,
        cast('warning' as varchar) as severity,
        cast('' as varchar) as variant,
        cast(reporter_code as varchar) as reporter_code,
        cast(form as varchar) as form,
        cast(period as varchar) as period,
        cast(submission_id as varchar) as submission_id,
        cast(null as varchar) as delivery_id,
        cast(null as varchar) as file,
        cast(null as varchar) as sheet,
        cast(null as integer) as table_no,
        cast(null as integer) as row_number,
        cast(null as varchar) as cell_field,
        cast(null as varchar) as cell,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as label,
        cast(null as varchar) as field,
        cast(null as varchar) as item_key,
        cast(period as varchar) as value,
        cast(null as varchar) as expected,
        cast(false as boolean) as is_personal,
        cast(earlier_submission_id as varchar) as related_submission_id,
        cast(null as varchar) as related_sheet,
        cast(null as integer) as related_table_no,
        cast(null as integer) as related_row_number,
        cast(null as varchar) as related_field,
        cast(earlier_period as varchar) as related_value,
        cast(false as boolean) as is_related_personal,
        cast(null as double) as difference,
        cast(greatest(received_at, earlier_received_at) as timestamp) as detected_at,
        cast(1 as integer) as rows_alike

from compared