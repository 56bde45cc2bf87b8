-- Each mark against the one of the last accepted report. The sheet's criteria stand side by side here: only those that fell become rows of their own.
with  __dbt__cte__int_h01_rows as (

-- Fixture for int_h01_rows
select 
    
    cast(1 as BIGINT)
 as "row_id", 
    
    cast('old' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(10 as INTEGER)
 as "row_number", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(2 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(12 as INTEGER)
 as "row_number", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('not_met' as character varying)
 as "criterion_2", 
    
    cast(null as character varying(256))
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('not_met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(3 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(13 as INTEGER)
 as "row_number", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('not_met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
union all
select 
    
    cast(4 as BIGINT)
 as "row_id", 
    
    cast('new' as character varying)
 as "submission_id", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as DATE) as "period_end", cast(null as BIGINT) as "month_no", cast(null as TIMESTAMP) as "received_at", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", 
    
    cast(14 as INTEGER)
 as "row_number", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", 
    
    cast('lost again' as character varying)
 as "note", 
    
    cast(4 as BIGINT)
 as "criteria_given", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('not_met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", 
    
    cast('not_met' as character varying)
 as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as INTEGER) as "criteria_met", cast(null as BIGINT) as "criteria_unknown"
),  __dbt__cte__int_h01_previous as (

-- Fixture for int_h01_previous
select 
    
    cast(2 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(1 as BIGINT)
 as "earlier_row_id", 
    
    cast('old' as character varying)
 as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast(null as character varying(256))
 as "obstacle"
union all
select 
    
    cast(3 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(null as BIGINT)
 as "earlier_row_id", cast(null as character varying(256)) as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast('no_previous_period' as character varying)
 as "obstacle"
union all
select 
    
    cast(4 as BIGINT)
 as "row_id", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "criteria_set_id", cast(null as DATE) as "month", cast(null as BIGINT) as "months_back", 
    
    cast(1 as BIGINT)
 as "earlier_row_id", 
    
    cast('old' as character varying)
 as "earlier_submission_id", cast(null as character varying(256)) as "earlier_sheet", cast(null as INTEGER) as "earlier_table_no", cast(null as INTEGER) as "earlier_row_number", cast(null as character varying(256)) as "earlier_period", cast(null as DATE) as "earlier_period_end", cast(null as TIMESTAMP) as "earlier_received_at", cast(null as character varying(256)) as "earlier_criteria_set_id", 
    
    cast(null as character varying(256))
 as "obstacle"
), h01_rows as (
    select * from __dbt__cte__int_h01_rows
),

previous as (
    select * from __dbt__cte__int_h01_previous
),

compared as (
    select
        h01_rows.submission_id,
        h01_rows.sheet,
        h01_rows.table_no,
        h01_rows.row_number,
        h01_rows.commune_code,
        h01_rows.reporter_code,
        h01_rows.period,
        h01_rows.received_at,
        previous.earlier_submission_id,
        previous.earlier_sheet,
        previous.earlier_table_no,
        previous.earlier_row_number,
        previous.earlier_received_at,
        previous.obstacle,
        h01_rows.criteria_given as marks,
        case
            when previous.obstacle is not null then 0
            else (case when h01_rows.criterion_1 is not null and earlier.criterion_1 is not null then 1 else 0 end + case when h01_rows.criterion_2 is not null and earlier.criterion_2 is not null then 1 else 0 end + case when h01_rows.criterion_3 is not null and earlier.criterion_3 is not null then 1 else 0 end + case when h01_rows.criterion_4 is not null and earlier.criterion_4 is not null then 1 else 0 end + case when h01_rows.criterion_5 is not null and earlier.criterion_5 is not null then 1 else 0 end + case when h01_rows.criterion_6 is not null and earlier.criterion_6 is not null then 1 else 0 end + case when h01_rows.criterion_7 is not null and earlier.criterion_7 is not null then 1 else 0 end + case when h01_rows.criterion_8 is not null and earlier.criterion_8 is not null then 1 else 0 end + case when h01_rows.criterion_9 is not null and earlier.criterion_9 is not null then 1 else 0 end + case when h01_rows.criterion_10 is not null and earlier.criterion_10 is not null then 1 else 0 end + case when h01_rows.criterion_11 is not null and earlier.criterion_11 is not null then 1 else 0 end + case when h01_rows.criterion_12 is not null and earlier.criterion_12 is not null then 1 else 0 end + case when h01_rows.criterion_13 is not null and earlier.criterion_13 is not null then 1 else 0 end + case when h01_rows.criterion_14 is not null and earlier.criterion_14 is not null then 1 else 0 end + case when h01_rows.criterion_15 is not null and earlier.criterion_15 is not null then 1 else 0 end + case when h01_rows.criterion_16 is not null and earlier.criterion_16 is not null then 1 else 0 end + case when h01_rows.criterion_17 is not null and earlier.criterion_17 is not null then 1 else 0 end + case when h01_rows.criterion_18 is not null and earlier.criterion_18 is not null then 1 else 0 end + case when h01_rows.criterion_19 is not null and earlier.criterion_19 is not null then 1 else 0 end + case when h01_rows.criterion_20 is not null and earlier.criterion_20 is not null then 1 else 0 end)
        end as marks_evaluated,
        case
            when previous.obstacle is null and h01_rows.note is null
                then nullif(concat(case when earlier.criterion_1 = 'met' and h01_rows.criterion_1 = 'not_met' then ';1;' end, case when earlier.criterion_2 = 'met' and h01_rows.criterion_2 = 'not_met' then ';2;' end, case when earlier.criterion_3 = 'met' and h01_rows.criterion_3 = 'not_met' then ';3;' end, case when earlier.criterion_4 = 'met' and h01_rows.criterion_4 = 'not_met' then ';4;' end, case when earlier.criterion_5 = 'met' and h01_rows.criterion_5 = 'not_met' then ';5;' end, case when earlier.criterion_6 = 'met' and h01_rows.criterion_6 = 'not_met' then ';6;' end, case when earlier.criterion_7 = 'met' and h01_rows.criterion_7 = 'not_met' then ';7;' end, case when earlier.criterion_8 = 'met' and h01_rows.criterion_8 = 'not_met' then ';8;' end, case when earlier.criterion_9 = 'met' and h01_rows.criterion_9 = 'not_met' then ';9;' end, case when earlier.criterion_10 = 'met' and h01_rows.criterion_10 = 'not_met' then ';10;' end, case when earlier.criterion_11 = 'met' and h01_rows.criterion_11 = 'not_met' then ';11;' end, case when earlier.criterion_12 = 'met' and h01_rows.criterion_12 = 'not_met' then ';12;' end, case when earlier.criterion_13 = 'met' and h01_rows.criterion_13 = 'not_met' then ';13;' end, case when earlier.criterion_14 = 'met' and h01_rows.criterion_14 = 'not_met' then ';14;' end, case when earlier.criterion_15 = 'met' and h01_rows.criterion_15 = 'not_met' then ';15;' end, case when earlier.criterion_16 = 'met' and h01_rows.criterion_16 = 'not_met' then ';16;' end, case when earlier.criterion_17 = 'met' and h01_rows.criterion_17 = 'not_met' then ';17;' end, case when earlier.criterion_18 = 'met' and h01_rows.criterion_18 = 'not_met' then ';18;' end, case when earlier.criterion_19 = 'met' and h01_rows.criterion_19 = 'not_met' then ';19;' end, case when earlier.criterion_20 = 'met' and h01_rows.criterion_20 = 'not_met' then ';20;' end), '')
        end as fallen
    from h01_rows
    inner join previous
        on h01_rows.row_id = previous.row_id
    left join h01_rows as earlier
        on previous.earlier_row_id = earlier.row_id
),

fallen_marks as (
    select
        compared.*,
        numbers.n as criterion_no
    from compared
    inner join (select cast(range as integer) as n from range(21)) as numbers
        on compared.fallen like '%;' || cast(numbers.n as varchar) || ';%'
    where compared.fallen is not null
),

others as (
    select
        submission_id,
        reporter_code,
        period,
        'passed' as outcome,
        cast(null as varchar) as outcome_reason,
        sum(marks_evaluated - case when fallen is null then 0 else (length(fallen) - length(replace(fallen, ';', ''))) / 2 end) as marks
    from compared
    group by submission_id, reporter_code, period
    union all
    select
        submission_id,
        reporter_code,
        period,
        'not_evaluated' as outcome,
        coalesce(obstacle, 'side_unknown') as outcome_reason,
        sum(marks - marks_evaluated) as marks
    from compared
    group by submission_id, reporter_code, period, coalesce(obstacle, 'side_unknown')
)

select 
        cast('X01' as varchar) as rule_id,
        cast('failed' as varchar) as outcome,
        cast(null as varchar) as outcome_reason,
        cast('warning' as varchar) as severity,
        cast('' as varchar) as variant,
        cast(reporter_code as varchar) as reporter_code,
        cast('H01' as varchar) as form,
        cast(period as varchar) as period,
        cast(submission_id as varchar) as submission_id,
        cast(null as varchar) as delivery_id,
        cast(null as varchar) as file,
        cast(sheet as varchar) as sheet,
        cast(table_no as integer) as table_no,
        cast(row_number as integer) as row_number,
        cast(null as varchar) as cell_field,
        cast(null as varchar) as cell,
        cast(commune_code as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as label,
        cast('criterion_' || cast(criterion_no as varchar) as varchar) as field,
        cast(null as varchar) as item_key,
        cast('not_met' as varchar) as value,
        cast('met' as varchar) as expected,
        cast(false as boolean) as is_personal,
        cast(earlier_submission_id as varchar) as related_submission_id,
        cast(earlier_sheet as varchar) as related_sheet,
        cast(earlier_table_no as integer) as related_table_no,
        cast(earlier_row_number as integer) as related_row_number,
        cast('criterion_' || cast(criterion_no as varchar) as varchar) as related_field,
        cast('met' as varchar) as related_value,
        cast(false as boolean) as is_related_personal,
        cast(null as double) as difference,
        cast(greatest(received_at, earlier_received_at) as timestamp) as detected_at,
        cast(1 as integer) as rows_alike

from fallen_marks
union all
select 
        cast('X01' as varchar) as rule_id,
        cast(outcome as varchar) as outcome,
        cast(outcome_reason as varchar) as outcome_reason,
        cast('warning' as varchar) as severity,
        cast('' as varchar) as variant,
        cast(reporter_code as varchar) as reporter_code,
        cast('H01' as varchar) as form,
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
        cast(null as varchar) as value,
        cast(null as varchar) as expected,
        cast(false as boolean) as is_personal,
        cast(null as varchar) as related_submission_id,
        cast(null as varchar) as related_sheet,
        cast(null as integer) as related_table_no,
        cast(null as integer) as related_row_number,
        cast(null as varchar) as related_field,
        cast(null as varchar) as related_value,
        cast(false as boolean) as is_related_personal,
        cast(null as double) as difference,
        cast(null as timestamp) as detected_at,
        cast(marks as integer) as rows_alike

from others
where marks > 0