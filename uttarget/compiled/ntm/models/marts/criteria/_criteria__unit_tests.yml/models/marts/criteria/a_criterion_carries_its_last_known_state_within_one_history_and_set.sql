-- All that goes from month to month or from quarter to quarter is worked out with the criteria of a commune side by side; they become rows last.
with  __dbt__cte__int_commune_reports as (

-- Fixture for int_commune_reports
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast('met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast('not_met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('2014-12-01' as DATE)
 as "continuous_since_on", 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "district_code", 
    
    cast('2014-12-01' as DATE)
 as "continuous_since_on", 
    
    cast('new' as character varying)
 as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "obligation_status", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unreadable_fields", cast(null as BOOLEAN) as "is_row_used", 
    
    cast(null as character varying(256))
 as "criterion_1", cast(null as character varying(256)) as "letter_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "letter_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "letter_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "letter_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "letter_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "letter_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "letter_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "letter_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "letter_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "letter_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "letter_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "letter_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "letter_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "letter_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "letter_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "letter_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "letter_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "letter_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "letter_19", cast(null as character varying(256)) as "criterion_20", cast(null as character varying(256)) as "letter_20"
),  __dbt__cte__int_criteria_at_month as (

-- Fixture for int_criteria_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "responsible_reporter_code"
),  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", 
    
    cast('2014-09-01' as DATE)
 as "quarter_month", 
    
    cast('2014-06-01' as DATE)
 as "previous_quarter_month", 
    
    cast('2014-04-01' as DATE)
 as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", 
    
    cast('2014-09-01' as DATE)
 as "quarter_month", 
    
    cast(null as DATE)
 as "previous_quarter_month", 
    
    cast('2014-07-01' as DATE)
 as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", 
    
    cast('2014-09-01' as DATE)
 as "quarter_month", 
    
    cast(null as DATE)
 as "previous_quarter_month", 
    
    cast('2014-07-01' as DATE)
 as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('2014-12-31' as DATE)
 as "month_end", 
    
    cast('2014-12-01' as DATE)
 as "quarter_month", 
    
    cast('2014-09-01' as DATE)
 as "previous_quarter_month", 
    
    cast('2014-07-01' as DATE)
 as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2015-01-31' as DATE)
 as "month_end", 
    
    cast('2014-12-01' as DATE)
 as "quarter_month", 
    
    cast(null as DATE)
 as "previous_quarter_month", 
    
    cast('2014-10-01' as DATE)
 as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__int_department_verdict_rows as (

-- Fixture for int_department_verdict_rows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast('met' as character varying)
 as "verdict_1", 
    
    cast('s3' as character varying)
 as "submission_1", cast(null as character varying(256)) as "verdict_2", cast(null as character varying(256)) as "submission_2", cast(null as character varying(256)) as "verdict_3", cast(null as character varying(256)) as "submission_3", cast(null as character varying(256)) as "verdict_4", cast(null as character varying(256)) as "submission_4", cast(null as character varying(256)) as "verdict_5", cast(null as character varying(256)) as "submission_5", cast(null as character varying(256)) as "verdict_6", cast(null as character varying(256)) as "submission_6", cast(null as character varying(256)) as "verdict_7", cast(null as character varying(256)) as "submission_7", cast(null as character varying(256)) as "verdict_8", cast(null as character varying(256)) as "submission_8", cast(null as character varying(256)) as "verdict_9", cast(null as character varying(256)) as "submission_9", cast(null as character varying(256)) as "verdict_10", cast(null as character varying(256)) as "submission_10", cast(null as character varying(256)) as "verdict_11", cast(null as character varying(256)) as "submission_11", cast(null as character varying(256)) as "verdict_12", cast(null as character varying(256)) as "submission_12", cast(null as character varying(256)) as "verdict_13", cast(null as character varying(256)) as "submission_13", cast(null as character varying(256)) as "verdict_14", cast(null as character varying(256)) as "submission_14", cast(null as character varying(256)) as "verdict_15", cast(null as character varying(256)) as "submission_15", cast(null as character varying(256)) as "verdict_16", cast(null as character varying(256)) as "submission_16", cast(null as character varying(256)) as "verdict_17", cast(null as character varying(256)) as "submission_17", cast(null as character varying(256)) as "verdict_18", cast(null as character varying(256)) as "submission_18", cast(null as character varying(256)) as "verdict_19", cast(null as character varying(256)) as "submission_19", cast(null as character varying(256)) as "verdict_20", cast(null as character varying(256)) as "submission_20"
),  __dbt__cte__int_criterion_inspections as (

-- Fixture for int_criterion_inspections
select 
    
    cast('2014-11-05' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "submission_id", cast(null as BOOLEAN) as "is_confirmed", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('2014-11-06' as DATE)
 as "inspected_on", 
    
    cast('a' as character varying)
 as "commune_code", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "submission_id", cast(null as BOOLEAN) as "is_confirmed", 
    
    cast(null as character varying(256))
 as "status"
), reports as (
    select * from __dbt__cte__int_commune_reports
),

criteria as (
    select * from __dbt__cte__int_criteria_at_month
),

windows as (
    select * from __dbt__cte__int_month_windows
),

verdicts as (
    select * from __dbt__cte__int_department_verdict_rows
),

inspections as (
    select * from __dbt__cte__int_criterion_inspections where status is not null
),

-- the newest inspection of the month's quarter or the one before
inspected as (
    select
        windows.month,
        inspections.commune_code,
        inspections.criterion_no,
        inspections.inspected_on,
        inspections.status
    from inspections
    inner join windows
        on inspections.inspected_on >= windows.window_start and inspections.inspected_on <= windows.month_end
    qualify
        row_number() over (
            partition by windows.month, inspections.commune_code, inspections.criterion_no order by inspections.inspected_on desc
        ) = 1
),

-- a history runs with the commune's code within one criteria set, and never over a merger, split or abolition
histories as (
    select
        *,
        
        last_value(criterion_1 ignore nulls) over history_so_far as latest_1,
        last_value(case when criterion_1 is not null then month end ignore nulls) over history_so_far as latest_month_1,
        lag(criterion_1) over history as before_1,
        
        last_value(criterion_2 ignore nulls) over history_so_far as latest_2,
        last_value(case when criterion_2 is not null then month end ignore nulls) over history_so_far as latest_month_2,
        lag(criterion_2) over history as before_2,
        
        last_value(criterion_3 ignore nulls) over history_so_far as latest_3,
        last_value(case when criterion_3 is not null then month end ignore nulls) over history_so_far as latest_month_3,
        lag(criterion_3) over history as before_3,
        
        last_value(criterion_4 ignore nulls) over history_so_far as latest_4,
        last_value(case when criterion_4 is not null then month end ignore nulls) over history_so_far as latest_month_4,
        lag(criterion_4) over history as before_4,
        
        last_value(criterion_5 ignore nulls) over history_so_far as latest_5,
        last_value(case when criterion_5 is not null then month end ignore nulls) over history_so_far as latest_month_5,
        lag(criterion_5) over history as before_5,
        
        last_value(criterion_6 ignore nulls) over history_so_far as latest_6,
        last_value(case when criterion_6 is not null then month end ignore nulls) over history_so_far as latest_month_6,
        lag(criterion_6) over history as before_6,
        
        last_value(criterion_7 ignore nulls) over history_so_far as latest_7,
        last_value(case when criterion_7 is not null then month end ignore nulls) over history_so_far as latest_month_7,
        lag(criterion_7) over history as before_7,
        
        last_value(criterion_8 ignore nulls) over history_so_far as latest_8,
        last_value(case when criterion_8 is not null then month end ignore nulls) over history_so_far as latest_month_8,
        lag(criterion_8) over history as before_8,
        
        last_value(criterion_9 ignore nulls) over history_so_far as latest_9,
        last_value(case when criterion_9 is not null then month end ignore nulls) over history_so_far as latest_month_9,
        lag(criterion_9) over history as before_9,
        
        last_value(criterion_10 ignore nulls) over history_so_far as latest_10,
        last_value(case when criterion_10 is not null then month end ignore nulls) over history_so_far as latest_month_10,
        lag(criterion_10) over history as before_10,
        
        last_value(criterion_11 ignore nulls) over history_so_far as latest_11,
        last_value(case when criterion_11 is not null then month end ignore nulls) over history_so_far as latest_month_11,
        lag(criterion_11) over history as before_11,
        
        last_value(criterion_12 ignore nulls) over history_so_far as latest_12,
        last_value(case when criterion_12 is not null then month end ignore nulls) over history_so_far as latest_month_12,
        lag(criterion_12) over history as before_12,
        
        last_value(criterion_13 ignore nulls) over history_so_far as latest_13,
        last_value(case when criterion_13 is not null then month end ignore nulls) over history_so_far as latest_month_13,
        lag(criterion_13) over history as before_13,
        
        last_value(criterion_14 ignore nulls) over history_so_far as latest_14,
        last_value(case when criterion_14 is not null then month end ignore nulls) over history_so_far as latest_month_14,
        lag(criterion_14) over history as before_14,
        
        last_value(criterion_15 ignore nulls) over history_so_far as latest_15,
        last_value(case when criterion_15 is not null then month end ignore nulls) over history_so_far as latest_month_15,
        lag(criterion_15) over history as before_15,
        
        last_value(criterion_16 ignore nulls) over history_so_far as latest_16,
        last_value(case when criterion_16 is not null then month end ignore nulls) over history_so_far as latest_month_16,
        lag(criterion_16) over history as before_16,
        
        last_value(criterion_17 ignore nulls) over history_so_far as latest_17,
        last_value(case when criterion_17 is not null then month end ignore nulls) over history_so_far as latest_month_17,
        lag(criterion_17) over history as before_17,
        
        last_value(criterion_18 ignore nulls) over history_so_far as latest_18,
        last_value(case when criterion_18 is not null then month end ignore nulls) over history_so_far as latest_month_18,
        lag(criterion_18) over history as before_18,
        
        last_value(criterion_19 ignore nulls) over history_so_far as latest_19,
        last_value(case when criterion_19 is not null then month end ignore nulls) over history_so_far as latest_month_19,
        lag(criterion_19) over history as before_19,
        
        last_value(criterion_20 ignore nulls) over history_so_far as latest_20,
        last_value(case when criterion_20 is not null then month end ignore nulls) over history_so_far as latest_month_20,
        lag(criterion_20) over history as before_20,
        
        lag(month) over history = cast(month + to_months(-1) as date) as is_month_before_there
    from reports
    window
        history as (
            partition by commune_code, criteria_set_id, continuous_since_on order by month
        ),
        history_so_far as (
            partition by commune_code, criteria_set_id, continuous_since_on order by month
            rows between unbounded preceding and current row
        )
),

-- the newest quarter that the department spoke of, and what it last could be read to say
judged as (
    select
        histories.*,
        windows.window_start,
        
        case when newest.submission_1 is not null then newest.verdict_1 else previous.verdict_1 end as verified_1,
        coalesce(newest.submission_1, previous.submission_1) as verified_by_1,
        coalesce(newest.verdict_1, previous.verdict_1) as department_1,
        
        case when newest.submission_2 is not null then newest.verdict_2 else previous.verdict_2 end as verified_2,
        coalesce(newest.submission_2, previous.submission_2) as verified_by_2,
        coalesce(newest.verdict_2, previous.verdict_2) as department_2,
        
        case when newest.submission_3 is not null then newest.verdict_3 else previous.verdict_3 end as verified_3,
        coalesce(newest.submission_3, previous.submission_3) as verified_by_3,
        coalesce(newest.verdict_3, previous.verdict_3) as department_3,
        
        case when newest.submission_4 is not null then newest.verdict_4 else previous.verdict_4 end as verified_4,
        coalesce(newest.submission_4, previous.submission_4) as verified_by_4,
        coalesce(newest.verdict_4, previous.verdict_4) as department_4,
        
        case when newest.submission_5 is not null then newest.verdict_5 else previous.verdict_5 end as verified_5,
        coalesce(newest.submission_5, previous.submission_5) as verified_by_5,
        coalesce(newest.verdict_5, previous.verdict_5) as department_5,
        
        case when newest.submission_6 is not null then newest.verdict_6 else previous.verdict_6 end as verified_6,
        coalesce(newest.submission_6, previous.submission_6) as verified_by_6,
        coalesce(newest.verdict_6, previous.verdict_6) as department_6,
        
        case when newest.submission_7 is not null then newest.verdict_7 else previous.verdict_7 end as verified_7,
        coalesce(newest.submission_7, previous.submission_7) as verified_by_7,
        coalesce(newest.verdict_7, previous.verdict_7) as department_7,
        
        case when newest.submission_8 is not null then newest.verdict_8 else previous.verdict_8 end as verified_8,
        coalesce(newest.submission_8, previous.submission_8) as verified_by_8,
        coalesce(newest.verdict_8, previous.verdict_8) as department_8,
        
        case when newest.submission_9 is not null then newest.verdict_9 else previous.verdict_9 end as verified_9,
        coalesce(newest.submission_9, previous.submission_9) as verified_by_9,
        coalesce(newest.verdict_9, previous.verdict_9) as department_9,
        
        case when newest.submission_10 is not null then newest.verdict_10 else previous.verdict_10 end as verified_10,
        coalesce(newest.submission_10, previous.submission_10) as verified_by_10,
        coalesce(newest.verdict_10, previous.verdict_10) as department_10,
        
        case when newest.submission_11 is not null then newest.verdict_11 else previous.verdict_11 end as verified_11,
        coalesce(newest.submission_11, previous.submission_11) as verified_by_11,
        coalesce(newest.verdict_11, previous.verdict_11) as department_11,
        
        case when newest.submission_12 is not null then newest.verdict_12 else previous.verdict_12 end as verified_12,
        coalesce(newest.submission_12, previous.submission_12) as verified_by_12,
        coalesce(newest.verdict_12, previous.verdict_12) as department_12,
        
        case when newest.submission_13 is not null then newest.verdict_13 else previous.verdict_13 end as verified_13,
        coalesce(newest.submission_13, previous.submission_13) as verified_by_13,
        coalesce(newest.verdict_13, previous.verdict_13) as department_13,
        
        case when newest.submission_14 is not null then newest.verdict_14 else previous.verdict_14 end as verified_14,
        coalesce(newest.submission_14, previous.submission_14) as verified_by_14,
        coalesce(newest.verdict_14, previous.verdict_14) as department_14,
        
        case when newest.submission_15 is not null then newest.verdict_15 else previous.verdict_15 end as verified_15,
        coalesce(newest.submission_15, previous.submission_15) as verified_by_15,
        coalesce(newest.verdict_15, previous.verdict_15) as department_15,
        
        case when newest.submission_16 is not null then newest.verdict_16 else previous.verdict_16 end as verified_16,
        coalesce(newest.submission_16, previous.submission_16) as verified_by_16,
        coalesce(newest.verdict_16, previous.verdict_16) as department_16,
        
        case when newest.submission_17 is not null then newest.verdict_17 else previous.verdict_17 end as verified_17,
        coalesce(newest.submission_17, previous.submission_17) as verified_by_17,
        coalesce(newest.verdict_17, previous.verdict_17) as department_17,
        
        case when newest.submission_18 is not null then newest.verdict_18 else previous.verdict_18 end as verified_18,
        coalesce(newest.submission_18, previous.submission_18) as verified_by_18,
        coalesce(newest.verdict_18, previous.verdict_18) as department_18,
        
        case when newest.submission_19 is not null then newest.verdict_19 else previous.verdict_19 end as verified_19,
        coalesce(newest.submission_19, previous.submission_19) as verified_by_19,
        coalesce(newest.verdict_19, previous.verdict_19) as department_19,
        
        case when newest.submission_20 is not null then newest.verdict_20 else previous.verdict_20 end as verified_20,
        coalesce(newest.submission_20, previous.submission_20) as verified_by_20,
        coalesce(newest.verdict_20, previous.verdict_20) as department_20
        
    from histories
    inner join windows
        on histories.month = windows.month
    left join verdicts as newest
        on
            windows.quarter_month = newest.month
            and histories.commune_code = newest.commune_code
            and histories.criteria_set_id = newest.criteria_set_id
            and histories.continuous_since_on <= last_day(newest.month)
    left join verdicts as previous
        on
            windows.previous_quarter_month = previous.month
            and histories.commune_code = previous.commune_code
            and histories.criteria_set_id = previous.criteria_set_id
            and histories.continuous_since_on <= last_day(previous.month)
),

by_criterion as (
    select *
    from judged
    unpivot include nulls (
        (reported_status, column_letter, latest_status, latest_month, before_status, verified_status, verified_submission_id, department_status)
        for field in (
            
            (criterion_1, letter_1, latest_1, latest_month_1, before_1, verified_1, verified_by_1, department_1) as 'criterion_1',
            
            (criterion_2, letter_2, latest_2, latest_month_2, before_2, verified_2, verified_by_2, department_2) as 'criterion_2',
            
            (criterion_3, letter_3, latest_3, latest_month_3, before_3, verified_3, verified_by_3, department_3) as 'criterion_3',
            
            (criterion_4, letter_4, latest_4, latest_month_4, before_4, verified_4, verified_by_4, department_4) as 'criterion_4',
            
            (criterion_5, letter_5, latest_5, latest_month_5, before_5, verified_5, verified_by_5, department_5) as 'criterion_5',
            
            (criterion_6, letter_6, latest_6, latest_month_6, before_6, verified_6, verified_by_6, department_6) as 'criterion_6',
            
            (criterion_7, letter_7, latest_7, latest_month_7, before_7, verified_7, verified_by_7, department_7) as 'criterion_7',
            
            (criterion_8, letter_8, latest_8, latest_month_8, before_8, verified_8, verified_by_8, department_8) as 'criterion_8',
            
            (criterion_9, letter_9, latest_9, latest_month_9, before_9, verified_9, verified_by_9, department_9) as 'criterion_9',
            
            (criterion_10, letter_10, latest_10, latest_month_10, before_10, verified_10, verified_by_10, department_10) as 'criterion_10',
            
            (criterion_11, letter_11, latest_11, latest_month_11, before_11, verified_11, verified_by_11, department_11) as 'criterion_11',
            
            (criterion_12, letter_12, latest_12, latest_month_12, before_12, verified_12, verified_by_12, department_12) as 'criterion_12',
            
            (criterion_13, letter_13, latest_13, latest_month_13, before_13, verified_13, verified_by_13, department_13) as 'criterion_13',
            
            (criterion_14, letter_14, latest_14, latest_month_14, before_14, verified_14, verified_by_14, department_14) as 'criterion_14',
            
            (criterion_15, letter_15, latest_15, latest_month_15, before_15, verified_15, verified_by_15, department_15) as 'criterion_15',
            
            (criterion_16, letter_16, latest_16, latest_month_16, before_16, verified_16, verified_by_16, department_16) as 'criterion_16',
            
            (criterion_17, letter_17, latest_17, latest_month_17, before_17, verified_17, verified_by_17, department_17) as 'criterion_17',
            
            (criterion_18, letter_18, latest_18, latest_month_18, before_18, verified_18, verified_by_18, department_18) as 'criterion_18',
            
            (criterion_19, letter_19, latest_19, latest_month_19, before_19, verified_19, verified_by_19, department_19) as 'criterion_19',
            
            (criterion_20, letter_20, latest_20, latest_month_20, before_20, verified_20, verified_by_20, department_20) as 'criterion_20'
            
        )
    )
),

sources as (
    select
        by_criterion.*,
        criteria.criterion_no,
        inspected.status as inspected_status,
        case when by_criterion.latest_month >= by_criterion.window_start then by_criterion.latest_status end as district_status
    from by_criterion
    inner join criteria
        on by_criterion.month = criteria.month and by_criterion.field = 'criterion_' || cast(criteria.criterion_no as varchar)
    left join inspected
        on
            by_criterion.month = inspected.month
            and by_criterion.commune_code = inspected.commune_code
            and criteria.criterion_no = inspected.criterion_no
            and by_criterion.continuous_since_on <= inspected.inspected_on
)

select
    month,
    commune_code,
    cast(criterion_no as integer) as criterion_no,
    criteria_set_id,
    district_code,
    reported_status,
    verified_status,
    inspected_status,
    coalesce(inspected_status, department_status, district_status) as official_status,
    case
        when inspected_status is not null then 'inspection'
        when department_status is not null then 'department'
        when district_status is not null then 'district'
    end as official_source,
    case
        when reported_status is not null then 'reported'
        when is_row_used and case when unreadable_fields is null then true else not coalesce(unreadable_fields like '%;' || field || ';%', false) end then 'blank'
        when row_number is not null then 'unreadable'
        when submission_id is not null then 'row_absent'
        when obligation_status in ('missing', 'rejected_only') then 'report_missing'
        else 'not_due'
    end as reported_state,
    coalesce(reported_status <> verified_status, false) as is_disputed,
    case when row_number is not null then submission_id end as reported_submission_id,
    sheet as reported_sheet,
    column_letter || cast(row_number as varchar) as reported_cell,
    verified_submission_id,
    latest_status,
    latest_month,
    case when is_month_before_there then before_status end as previous_status,
    is_row_used
from sources