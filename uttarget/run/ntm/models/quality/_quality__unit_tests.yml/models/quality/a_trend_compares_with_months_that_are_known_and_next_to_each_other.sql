
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "month","reporting_rate","reporting_rate_change","reporting_rate_mean_3", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_reporters as (

-- Fixture for int_reporters
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('department' as character varying)
 as "reporter_type", cast(null as character varying(256)) as "name_vi", 
    
    cast('1900-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
),  __dbt__cte__int_months as (

-- Fixture for int_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('2014-11-30' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('2014-12-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast('2015-01-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast('2015-02-28' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
union all
select 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast('2015-03-31' as DATE)
 as "month_end", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "quarter", cast(null as BOOLEAN) as "is_quarter_end", cast(null as BIGINT) as "month_no"
),  __dbt__cte__int_obligations as (

-- Fixture for int_obligations
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('S01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-10-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-11-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('excused' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(False as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('late' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-01-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('missing' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-02-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
union all
select 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('C01' as character varying)
 as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "frequency", 
    
    cast('2015-03-01' as DATE)
 as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as BIGINT) as "period_no", cast(null as DATE) as "due_on", 
    
    cast('on_time' as character varying)
 as "status", cast(null as TIMESTAMP) as "first_received_at", cast(null as BIGINT) as "days_late", cast(null as BIGINT) as "days_overdue", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "exception_reason", 
    
    cast(True as BOOLEAN)
 as "is_past_due"
),  __dbt__cte__int_submission_verdicts as (

-- Fixture for int_submission_verdicts
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "known_reporter_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "known_period", cast(null as DATE) as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "path", cast(null as TIMESTAMP) as "received_at", cast(null as BIGINT) as "received_seq", cast(null as character varying(256)) as "verdict", cast(null as BOOLEAN) as "is_accepted", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "superseded_by_submission_id", cast(null as character varying(256)) as "supersedes_submission_id", cast(null as BOOLEAN) as "is_standing", cast(null as BOOLEAN) as "is_register", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used", cast(null as character varying(256)) as "reason"
    limit 0
),  __dbt__cte__stg_districts__h01 as (

-- Fixture for stg_districts__h01
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "criterion_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
    limit 0
),  __dbt__cte__stg_districts__h07 as (

-- Fixture for stg_districts__h07
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as DOUBLE) as "total_million_vnd", cast(null as DOUBLE) as "central_budget_million_vnd", cast(null as DOUBLE) as "provincial_budget_million_vnd", cast(null as DOUBLE) as "district_budget_million_vnd", cast(null as DOUBLE) as "commune_budget_million_vnd", cast(null as DOUBLE) as "integrated_programmes_million_vnd", cast(null as DOUBLE) as "credit_million_vnd", cast(null as DOUBLE) as "enterprises_million_vnd", cast(null as DOUBLE) as "people_cash_million_vnd", cast(null as DOUBLE) as "people_labour_million_vnd", cast(null as DOUBLE) as "people_land_million_vnd", cast(null as DOUBLE) as "other_million_vnd", cast(null as character varying(256)) as "note"
    limit 0
),  __dbt__cte__stg_reference__units as (

-- Fixture for stg_reference__units
select cast(null as character varying(256)) as "level", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0
),  __dbt__cte__stg_landed__rows as (

-- Fixture for stg_landed__rows
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells"
    limit 0
),  __dbt__cte__finding_instances as (

-- Fixture for finding_instances
select cast(null as character varying(256)) as "finding_id", cast(null as character varying(256)) as "subject_id", cast(null as character varying(256)) as "rule_id", cast(null as character varying(256)) as "variant", cast(null as character varying(256)) as "severity", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "file", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "unit_name", cast(null as character varying(256)) as "label", cast(null as character varying(256)) as "field", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "cell", cast(null as character varying(256)) as "value", cast(null as character varying(256)) as "expected", cast(null as BOOLEAN) as "is_personal", cast(null as character varying(256)) as "related_submission_id", cast(null as character varying(256)) as "related_sheet", cast(null as character varying(256)) as "related_cell", cast(null as character varying(256)) as "related_value", cast(null as BOOLEAN) as "is_related_personal", cast(null as DOUBLE) as "difference", cast(null as TIMESTAMP) as "detected_at", cast(null as BIGINT) as "received_seq", cast(null as BOOLEAN) as "is_standing", cast(null as character varying(256)) as "verdict", cast(null as INTEGER) as "sheet_no", cast(null as BOOLEAN) as "is_about_file", cast(null as BIGINT) as "ordinal"
    limit 0
),  __dbt__cte__stg_office__v01 as (

-- Fixture for stg_office__v01
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as DATE) as "inspected_on", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", cast(null as character varying(256)) as "item_kind", cast(null as character varying(256)) as "item", cast(null as character varying(256)) as "reported_value", cast(null as character varying(256)) as "observed_value", cast(null as BOOLEAN) as "is_confirmed", cast(null as character varying(256)) as "inspector", cast(null as character varying(256)) as "note"
    limit 0
), reporters as (
    select * from __dbt__cte__int_reporters where reporter_type <> 'other'
),

months as (
    select * from __dbt__cte__int_months
),

obligations as (
    select * from __dbt__cte__int_obligations
),

submissions as (
    select * from __dbt__cte__int_submission_verdicts where is_current and not is_register
),

reporter_months as (
    select
        reporters.reporter_code,
        months.month,
        months.month_end
    from reporters
    inner join months
        on (months.month_end >= reporters.valid_from and months.month_end < reporters.valid_to)
),

reports as (
    select
        reporter_code,
        month,
        count(*) as expected,
        count(case when status in ('on_time', 'late') then 1 end) as received,
        count(case when status = 'on_time' then 1 end) as on_time
    from obligations
    where is_past_due
    group by reporter_code, month
),

-- a name that was resolved is there, whether its row can be used or not
named as (
    
    select distinct
        submission_id,
        commune_code
    from __dbt__cte__stg_districts__h01
    where commune_code is not null
    union
    
    select distinct
        submission_id,
        commune_code
    from __dbt__cte__stg_districts__h07
    where commune_code is not null
    
    
),

communes as (
    select
        obligations.reporter_code,
        obligations.month,
        count(*) as expected_communes,
        count(named.commune_code) as present_communes
    from obligations
    inner join __dbt__cte__stg_reference__units as units
        on
            units.level = 'commune'
            and units.kind = 'xã'
            and obligations.reporter_code = units.parent_code
            and (obligations.period_end >= units.valid_from and obligations.period_end < units.valid_to)
    left join named
        on
            obligations.submission_id = named.submission_id
            and units.unit_code = named.commune_code
    where obligations.form in ('H01', 'H07') and obligations.status not in ('not_yet_due', 'excused')
    group by obligations.reporter_code, obligations.month
),

-- a wide sheet lands a row per criterion: on the sheet it is one
sheet_rows as (
    select
        submission_id,
        sheet,
        row_number,
        sum(required_cells) as required_cells,
        sum(filled_cells) as filled_cells
    from __dbt__cte__stg_landed__rows
    group by submission_id, sheet, row_number
),

doubtful_rows as (
    select distinct
        submission_id,
        sheet,
        row_number
    from __dbt__cte__finding_instances
    where
        substr(rule_id, 1, 1) in ('K', 'X')
        and severity in ('error', 'warning')
        and row_number is not null
),

contents as (
    select
        submissions.reporter_code,
        submissions.month,
        count(*) as rows_received,
        sum(sheet_rows.required_cells) as required_cells,
        sum(sheet_rows.filled_cells) as filled_cells,
        count(doubtful_rows.row_number) as doubtful_rows
    from submissions
    inner join sheet_rows
        on submissions.submission_id = sheet_rows.submission_id
    left join doubtful_rows
        on
            sheet_rows.submission_id = doubtful_rows.submission_id
            and sheet_rows.sheet = doubtful_rows.sheet
            and sheet_rows.row_number = doubtful_rows.row_number
    group by submissions.reporter_code, submissions.month
),

inspected as (
    select
        units.parent_code as reporter_code,
        cast(date_trunc('month', v01.inspected_on) as date) as month,
        count(*) as inspected_items,
        count(case when v01.is_confirmed then 1 end) as confirmed_items
    from __dbt__cte__stg_office__v01 as v01
    inner join submissions
        on v01.submission_id = submissions.submission_id
    inner join __dbt__cte__stg_reference__units as units
        on
            v01.commune_code = units.unit_code
            and (v01.inspected_on >= units.valid_from and v01.inspected_on < units.valid_to)
    where v01.unused_reason is null and v01.is_confirmed is not null
    group by units.parent_code, cast(date_trunc('month', v01.inspected_on) as date)
),

-- 1.959964 is the normal deviate of a two-sided interval of 95 %
accuracy as (
    select
        reporter_code,
        month,
        inspected_items,
        confirmed_items / inspected_items as share,
        1.959964 * 1.959964 / inspected_items as z2n
    from (select reporter_code, month, cast(inspected_items as double) as inspected_items, confirmed_items from inspected) as counts
),

scores as (
    select
        reporter_months.reporter_code,
        reporter_months.month,
        cast(coalesce(reports.expected, 0) as integer) as expected,
        cast(coalesce(reports.received, 0) as integer) as received,
        cast(coalesce(reports.on_time, 0) as integer) as on_time,
        cast(reports.received as double) / nullif(reports.expected, 0) as reporting_rate,
        cast(reports.on_time as double) / nullif(reports.expected, 0) as timeliness,
        cast(communes.present_communes as double) / nullif(communes.expected_communes, 0) as row_completeness,
        cast(contents.filled_cells as double) / nullif(contents.required_cells, 0) as cell_completeness,
        1 - cast(contents.doubtful_rows as double) / nullif(contents.rows_received, 0) as consistency,
        accuracy.share as accuracy,
        case
        when accuracy.share is not null
            then least(1, greatest(
                0,
                (accuracy.share + accuracy.z2n / 2 - sqrt(accuracy.z2n * (accuracy.share * (1 - accuracy.share) + accuracy.z2n / 4))) / (1 + accuracy.z2n)
            ))
    end as accuracy_low,
        case
        when accuracy.share is not null
            then least(1, greatest(
                0,
                (accuracy.share + accuracy.z2n / 2 + sqrt(accuracy.z2n * (accuracy.share * (1 - accuracy.share) + accuracy.z2n / 4))) / (1 + accuracy.z2n)
            ))
    end as accuracy_high,
        cast(coalesce(accuracy.inspected_items, 0) as integer) as inspected_items
    from reporter_months
    left join reports
        on reporter_months.reporter_code = reports.reporter_code and reporter_months.month = reports.month
    left join communes
        on reporter_months.reporter_code = communes.reporter_code and reporter_months.month = communes.month
    left join contents
        on reporter_months.reporter_code = contents.reporter_code and reporter_months.month = contents.month
    left join accuracy
        on reporter_months.reporter_code = accuracy.reporter_code and reporter_months.month = accuracy.month
)

select
    *,
    
    case
        when lag(month) over (partition by reporter_code order by month) = cast(month + to_months(-1) as date)
            then round(reporting_rate - lag(reporting_rate) over (partition by reporter_code order by month), 6)
    end as reporting_rate_change,
    case
        when count(reporting_rate) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = 3 and min(month) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = cast(month + to_months(-3) as date)
            then round(avg(reporting_rate) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding), 6)
    end as reporting_rate_mean_3,
    case
        when lag(month) over (partition by reporter_code order by month) = cast(month + to_months(-1) as date)
            then round(timeliness - lag(timeliness) over (partition by reporter_code order by month), 6)
    end as timeliness_change,
    case
        when count(timeliness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = 3 and min(month) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = cast(month + to_months(-3) as date)
            then round(avg(timeliness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding), 6)
    end as timeliness_mean_3,
    case
        when lag(month) over (partition by reporter_code order by month) = cast(month + to_months(-1) as date)
            then round(row_completeness - lag(row_completeness) over (partition by reporter_code order by month), 6)
    end as row_completeness_change,
    case
        when count(row_completeness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = 3 and min(month) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = cast(month + to_months(-3) as date)
            then round(avg(row_completeness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding), 6)
    end as row_completeness_mean_3,
    case
        when lag(month) over (partition by reporter_code order by month) = cast(month + to_months(-1) as date)
            then round(cell_completeness - lag(cell_completeness) over (partition by reporter_code order by month), 6)
    end as cell_completeness_change,
    case
        when count(cell_completeness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = 3 and min(month) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = cast(month + to_months(-3) as date)
            then round(avg(cell_completeness) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding), 6)
    end as cell_completeness_mean_3,
    case
        when lag(month) over (partition by reporter_code order by month) = cast(month + to_months(-1) as date)
            then round(consistency - lag(consistency) over (partition by reporter_code order by month), 6)
    end as consistency_change,
    case
        when count(consistency) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = 3 and min(month) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding) = cast(month + to_months(-3) as date)
            then round(avg(consistency) over (partition by reporter_code order by month rows between 3 preceding and 1 preceding), 6)
    end as consistency_mean_3
from scores
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "month", "reporting_rate", "reporting_rate_change", "reporting_rate_mean_3", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast(1 as DOUBLE)
 as "reporting_rate", 
    
    cast(0 as DOUBLE)
 as "reporting_rate_change", 
    
    cast(0.666667 as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast(1 as DOUBLE)
 as "reporting_rate", 
    
    cast(0.5 as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast(null as DOUBLE)
 as "reporting_rate", 
    
    cast(null as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast(1 as DOUBLE)
 as "reporting_rate", 
    
    cast(null as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2015-01-01' as DATE)
 as "month", 
    
    cast(0 as DOUBLE)
 as "reporting_rate", 
    
    cast(-1 as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2015-02-01' as DATE)
 as "month", 
    
    cast(1 as DOUBLE)
 as "reporting_rate", 
    
    cast(1 as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast(0.5 as DOUBLE)
 as "reporting_rate", 
    
    cast(null as DOUBLE)
 as "reporting_rate_change", 
    
    cast(null as DOUBLE)
 as "reporting_rate_mean_3"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected