-- Every row of an accepted H01 that is used, superseded reports too: what the rules that compare criteria read.
with  __dbt__cte__int_submission_verdicts as (

-- Fixture for int_submission_verdicts
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "known_reporter_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "known_period", 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "period_start", 
    
    cast('2014-09-30' as DATE)
 as "period_end", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "path", cast(null as TIMESTAMP) as "received_at", cast(null as BIGINT) as "received_seq", cast(null as character varying(256)) as "verdict", 
    
    cast(True as BOOLEAN)
 as "is_accepted", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "superseded_by_submission_id", cast(null as character varying(256)) as "supersedes_submission_id", cast(null as BOOLEAN) as "is_standing", cast(null as BOOLEAN) as "is_register", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used", cast(null as character varying(256)) as "reason"
),  __dbt__cte__stg_reference__criteria_sets as (

-- Fixture for stg_reference__criteria_sets
select 
    
    cast('old' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2013-02-20' as DATE)
 as "valid_from", 
    
    cast('2016-12-01' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", cast(null as character varying(256)) as "document", cast(null as character varying(256)) as "issuer", cast(null as character varying(256)) as "issued_text", cast(null as character varying(256)) as "title_vi", cast(null as character varying(256)) as "applies_to", 
    
    cast(4 as INTEGER)
 as "criteria_total", 
    
    cast(True as BOOLEAN)
 as "is_commune_set", 
    
    cast('2016-12-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
),  __dbt__cte__stg_reference__criteria as (

-- Fixture for stg_reference__criteria
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(1 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", cast(null as character varying(256)) as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(2 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", cast(null as character varying(256)) as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('old' as character varying)
 as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", cast(null as character varying(256)) as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
union all
select 
    
    cast('new' as character varying)
 as "criteria_set_id", 
    
    cast(20 as INTEGER)
 as "criterion_no", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "group_no", cast(null as character varying(256)) as "group_vi", cast(null as character varying(256)) as "group_en", cast(null as INTEGER) as "indicators", cast(null as character varying(256)) as "responsible_ministry", cast(null as character varying(256)) as "responsible_department", cast(null as character varying(256)) as "responsible_reporter_code", cast(null as character varying(256)) as "source", cast(null as character varying(256)) as "confidence"
),  __dbt__cte__stg_districts__h01 as (

-- Fixture for stg_districts__h01
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast('R03' as character varying)
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", cast(null as character varying(256)) as "criterion_2", cast(null as character varying(256)) as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('s' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('not_met' as character varying)
 as "criterion_2", 
    
    cast(null as character varying(256))
 as "criterion_3", cast(null as character varying(256)) as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", 
    
    cast('met' as character varying)
 as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
), submissions as (
    select * from __dbt__cte__int_submission_verdicts where is_accepted and form = 'H01'
),

criteria_sets as (
    select * from __dbt__cte__stg_reference__criteria_sets where is_commune_set
),

-- which of the columns are criteria of a set
criteria as (
    select
        criteria_set_id,
        
        bool_or(criterion_no = 1) as has_1,
        
        bool_or(criterion_no = 2) as has_2,
        
        bool_or(criterion_no = 3) as has_3,
        
        bool_or(criterion_no = 4) as has_4,
        
        bool_or(criterion_no = 5) as has_5,
        
        bool_or(criterion_no = 6) as has_6,
        
        bool_or(criterion_no = 7) as has_7,
        
        bool_or(criterion_no = 8) as has_8,
        
        bool_or(criterion_no = 9) as has_9,
        
        bool_or(criterion_no = 10) as has_10,
        
        bool_or(criterion_no = 11) as has_11,
        
        bool_or(criterion_no = 12) as has_12,
        
        bool_or(criterion_no = 13) as has_13,
        
        bool_or(criterion_no = 14) as has_14,
        
        bool_or(criterion_no = 15) as has_15,
        
        bool_or(criterion_no = 16) as has_16,
        
        bool_or(criterion_no = 17) as has_17,
        
        bool_or(criterion_no = 18) as has_18,
        
        bool_or(criterion_no = 19) as has_19,
        
        bool_or(criterion_no = 20) as has_20,
        
        count(case when criterion_no between 1 and 20 then 1 end) as criteria_given
    from __dbt__cte__stg_reference__criteria
    group by criteria_set_id
),

accepted as (
    select
        submissions.submission_id,
        submissions.reporter_code,
        submissions.period,
        submissions.month,
        submissions.period_end,
        date_diff('month', cast('2000-01-01' as date), submissions.month) as month_no,
        submissions.received_at,
        submissions.is_current,
        criteria_sets.criteria_set_id,
        criteria_sets.criteria_total,
        h01.sheet,
        h01.table_no,
        h01.row_number,
        h01.commune_code,
        h01.criteria_met_stated,
        h01.change_stated,
        nullif(trim(h01.note), '') as note,
        criteria.criteria_given,
        
        case when criteria.has_1 then h01.criterion_1 end as criterion_1,
        
        case when criteria.has_2 then h01.criterion_2 end as criterion_2,
        
        case when criteria.has_3 then h01.criterion_3 end as criterion_3,
        
        case when criteria.has_4 then h01.criterion_4 end as criterion_4,
        
        case when criteria.has_5 then h01.criterion_5 end as criterion_5,
        
        case when criteria.has_6 then h01.criterion_6 end as criterion_6,
        
        case when criteria.has_7 then h01.criterion_7 end as criterion_7,
        
        case when criteria.has_8 then h01.criterion_8 end as criterion_8,
        
        case when criteria.has_9 then h01.criterion_9 end as criterion_9,
        
        case when criteria.has_10 then h01.criterion_10 end as criterion_10,
        
        case when criteria.has_11 then h01.criterion_11 end as criterion_11,
        
        case when criteria.has_12 then h01.criterion_12 end as criterion_12,
        
        case when criteria.has_13 then h01.criterion_13 end as criterion_13,
        
        case when criteria.has_14 then h01.criterion_14 end as criterion_14,
        
        case when criteria.has_15 then h01.criterion_15 end as criterion_15,
        
        case when criteria.has_16 then h01.criterion_16 end as criterion_16,
        
        case when criteria.has_17 then h01.criterion_17 end as criterion_17,
        
        case when criteria.has_18 then h01.criterion_18 end as criterion_18,
        
        case when criteria.has_19 then h01.criterion_19 end as criterion_19,
        
        case when criteria.has_20 then h01.criterion_20 end as criterion_20
        
    from __dbt__cte__stg_districts__h01 as h01
    inner join submissions
        on h01.submission_id = submissions.submission_id
    inner join criteria_sets
        on (submissions.period_end >= criteria_sets.valid_from and submissions.period_end < criteria_sets.valid_to)
    left join criteria
        on criteria_sets.criteria_set_id = criteria.criteria_set_id
    where h01.unused_reason is null and h01.commune_code is not null
)

select
    -- the joins that follow are by one number, not by the four parts of a place
    row_number() over () as row_id,
    *,
    (case when criterion_1 = 'met' then 1 else 0 end + case when criterion_2 = 'met' then 1 else 0 end + case when criterion_3 = 'met' then 1 else 0 end + case when criterion_4 = 'met' then 1 else 0 end + case when criterion_5 = 'met' then 1 else 0 end + case when criterion_6 = 'met' then 1 else 0 end + case when criterion_7 = 'met' then 1 else 0 end + case when criterion_8 = 'met' then 1 else 0 end + case when criterion_9 = 'met' then 1 else 0 end + case when criterion_10 = 'met' then 1 else 0 end + case when criterion_11 = 'met' then 1 else 0 end + case when criterion_12 = 'met' then 1 else 0 end + case when criterion_13 = 'met' then 1 else 0 end + case when criterion_14 = 'met' then 1 else 0 end + case when criterion_15 = 'met' then 1 else 0 end + case when criterion_16 = 'met' then 1 else 0 end + case when criterion_17 = 'met' then 1 else 0 end + case when criterion_18 = 'met' then 1 else 0 end + case when criterion_19 = 'met' then 1 else 0 end + case when criterion_20 = 'met' then 1 else 0 end) as criteria_met,
    criteria_given - (case when criterion_1 is not null then 1 else 0 end + case when criterion_2 is not null then 1 else 0 end + case when criterion_3 is not null then 1 else 0 end + case when criterion_4 is not null then 1 else 0 end + case when criterion_5 is not null then 1 else 0 end + case when criterion_6 is not null then 1 else 0 end + case when criterion_7 is not null then 1 else 0 end + case when criterion_8 is not null then 1 else 0 end + case when criterion_9 is not null then 1 else 0 end + case when criterion_10 is not null then 1 else 0 end + case when criterion_11 is not null then 1 else 0 end + case when criterion_12 is not null then 1 else 0 end + case when criterion_13 is not null then 1 else 0 end + case when criterion_14 is not null then 1 else 0 end + case when criterion_15 is not null then 1 else 0 end + case when criterion_16 is not null then 1 else 0 end + case when criterion_17 is not null then 1 else 0 end + case when criterion_18 is not null then 1 else 0 end + case when criterion_19 is not null then 1 else 0 end + case when criterion_20 is not null then 1 else 0 end) as criteria_unknown
from accepted