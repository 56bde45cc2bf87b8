-- What was known of the criteria of each rural commune at the end of each month, side by side: the newest report that has the commune, the month
-- before that, and what the department last found.
with  __dbt__cte__int_known_reports as (

-- Fixture for int_known_reports
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-11-01' as DATE)
 as "month", 
    
    cast('h11' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('h10' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('h09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('2014-12-01' as DATE)
 as "month", 
    
    cast('a12' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-A' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "known_month", cast(null as DATE) as "known_on", 
    
    cast('S01' as character varying)
 as "form", 
    
    cast('S-B' as character varying)
 as "reporter_code", 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b09' as character varying)
 as "submission_id", cast(null as BIGINT) as "age"
),  __dbt__cte__int_communes_at_month as (

-- Fixture for int_communes_at_month
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", cast(null as character varying(256)) as "kind", 
    
    cast(True as BOOLEAN)
 as "is_rural", 
    
    cast('d' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", 
    
    cast('1900-01-01' as DATE)
 as "continuous_since_on"
),  __dbt__cte__int_criteria_at_month as (

-- Fixture for int_criteria_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(2 as INTEGER)
 as "criterion_no", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(3 as INTEGER)
 as "criterion_no", 
    
    cast('S-A;S-B' as character varying)
 as "responsible_reporter_code"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(1 as INTEGER)
 as "criterion_no", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(2 as INTEGER)
 as "criterion_no", 
    
    cast('S-A' as character varying)
 as "responsible_reporter_code"
union all
select 
    
    cast('2014-12-01' as DATE)
 as "month", cast(null as DATE) as "month_end", cast(null as character varying(256)) as "criteria_set_id", 
    
    cast(3 as INTEGER)
 as "criteria_total", 
    
    cast(3 as INTEGER)
 as "criterion_no", 
    
    cast('S-A;S-B' as character varying)
 as "responsible_reporter_code"
),  __dbt__cte__stg_districts__h01 as (

-- Fixture for stg_districts__h01
select 
    
    cast('h11' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast(null as character varying(256))
 as "criterion_2", 
    
    cast('met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('h10' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('not_met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
union all
select 
    
    cast('h09' as character varying)
 as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", 
    
    cast(null as character varying(256))
 as "unused_reason", cast(null as character varying(256)) as "unreadable_fields", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells", cast(null as character varying(256)) as "row_no", cast(null as character varying(256)) as "commune_name", 
    
    cast('c' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_suggested_code", 
    
    cast('met' as character varying)
 as "criterion_1", 
    
    cast('met' as character varying)
 as "criterion_2", 
    
    cast('not_met' as character varying)
 as "criterion_3", 
    
    cast('met' as character varying)
 as "criterion_4", cast(null as character varying(256)) as "criterion_5", cast(null as character varying(256)) as "criterion_6", cast(null as character varying(256)) as "criterion_7", cast(null as character varying(256)) as "criterion_8", cast(null as character varying(256)) as "criterion_9", cast(null as character varying(256)) as "criterion_10", cast(null as character varying(256)) as "criterion_11", cast(null as character varying(256)) as "criterion_12", cast(null as character varying(256)) as "criterion_13", cast(null as character varying(256)) as "criterion_14", cast(null as character varying(256)) as "criterion_15", cast(null as character varying(256)) as "criterion_16", cast(null as character varying(256)) as "criterion_17", cast(null as character varying(256)) as "criterion_18", cast(null as character varying(256)) as "criterion_19", cast(null as character varying(256)) as "criterion_20", cast(null as BIGINT) as "criteria_met_stated", cast(null as BIGINT) as "change_stated", cast(null as character varying(256)) as "note"
),  __dbt__cte__int_department_findings as (

-- Fixture for int_department_findings
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('a12' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(1 as BIGINT)
 as "criterion_no", 
    
    cast(null as character varying(256))
 as "status"
union all
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(2 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"
union all
select 
    
    cast('a09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "criterion_no", 
    
    cast('met' as character varying)
 as "status"
union all
select 
    
    cast('b09' as character varying)
 as "submission_id", 
    
    cast('c' as character varying)
 as "commune_code", 
    
    cast(3 as BIGINT)
 as "criterion_no", 
    
    cast('not_met' as character varying)
 as "status"
), reports as (
    select * from __dbt__cte__int_known_reports where form in ('H01', 'S01')
),

communes as (
    select * from __dbt__cte__int_communes_at_month where is_rural and district_code is not null
),

criteria as (
    select * from __dbt__cte__int_criteria_at_month
),

-- which of the columns are criteria of the set in force
sets as (
    select
        month,
        criteria_total,
        count(*) as criteria_given,
        
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
        
        bool_or(criterion_no = 20) as has_20
        
    from criteria
    group by month, criteria_total
),

h01_rows as (
    select
        row_number() over () as row_id,
        *
    from __dbt__cte__stg_districts__h01
    where unused_reason is null and commune_code is not null
),

-- whichever district sent it; never over a merger or split
reported as (
    select
        communes.month as known_month,
        communes.commune_code,
        reports.month,
        min_by(h01_rows.row_id, reports.submission_id) as row_id
    from h01_rows
    inner join reports
        on h01_rows.submission_id = reports.submission_id
    inner join communes
        on
            reports.known_month = communes.month
            and h01_rows.commune_code = communes.commune_code
            and last_day(reports.month) >= communes.continuous_since_on
    where reports.form = 'H01'
    group by communes.month, communes.commune_code, reports.month
),

newest as (
    select
        known_month,
        commune_code,
        max(month) as reported_month,
        max_by(row_id, month) as row_id
    from reported
    group by known_month, commune_code
),

-- a department's verdict counts in its charge only; of two that share a criterion, "not met" weighs more
-- and the newest report that speaks of a criterion stands. What was known of a quarter changes seldom from month to month: it is computed once
-- per set of reports
known_sets as (
    select
        known_month,
        month,
        md5(string_agg(submission_id, ',' order by submission_id)) as set_id,
        row_number() over (partition by known_month order by month desc) as age
    from reports
    where form = 'S01'
    group by known_month, month
),

members as (
    select distinct
        known_sets.set_id,
        reports.month,
        reports.reporter_code,
        reports.submission_id
    from reports
    inner join known_sets
        on reports.known_month = known_sets.known_month and reports.month = known_sets.month
    where reports.form = 'S01'
),

verdicts as (
    select
        members.set_id,
        findings.commune_code,
        
        min(case when findings.criterion_no = 1 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_1,
        
        min(case when findings.criterion_no = 2 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_2,
        
        min(case when findings.criterion_no = 3 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_3,
        
        min(case when findings.criterion_no = 4 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_4,
        
        min(case when findings.criterion_no = 5 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_5,
        
        min(case when findings.criterion_no = 6 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_6,
        
        min(case when findings.criterion_no = 7 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_7,
        
        min(case when findings.criterion_no = 8 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_8,
        
        min(case when findings.criterion_no = 9 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_9,
        
        min(case when findings.criterion_no = 10 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_10,
        
        min(case when findings.criterion_no = 11 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_11,
        
        min(case when findings.criterion_no = 12 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_12,
        
        min(case when findings.criterion_no = 13 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_13,
        
        min(case when findings.criterion_no = 14 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_14,
        
        min(case when findings.criterion_no = 15 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_15,
        
        min(case when findings.criterion_no = 16 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_16,
        
        min(case when findings.criterion_no = 17 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_17,
        
        min(case when findings.criterion_no = 18 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_18,
        
        min(case when findings.criterion_no = 19 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_19,
        
        min(case when findings.criterion_no = 20 then case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end end)
            as verdict_20
        
    from __dbt__cte__int_department_findings as findings
    inner join members
        on findings.submission_id = members.submission_id
    inner join criteria
        on
            members.month = criteria.month
            and findings.criterion_no = criteria.criterion_no
            and (';' || replace(criteria.responsible_reporter_code, ' ', '') || ';' like '%;' || members.reporter_code || ';%')
    group by members.set_id, findings.commune_code
)

select
    communes.month as known_month,
    communes.commune_code,
    sets.criteria_total,
    sets.criteria_given,
    newest.reported_month,
    
    case when sets.has_1 then now.criterion_1 end as status_1,
    case when sets.has_1 then before.criterion_1 end as previous_status_1,
    case when sets.has_1 then case coalesce(newest_verdicts.verdict_1, earlier_verdicts.verdict_1) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_1,
    
    case when sets.has_2 then now.criterion_2 end as status_2,
    case when sets.has_2 then before.criterion_2 end as previous_status_2,
    case when sets.has_2 then case coalesce(newest_verdicts.verdict_2, earlier_verdicts.verdict_2) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_2,
    
    case when sets.has_3 then now.criterion_3 end as status_3,
    case when sets.has_3 then before.criterion_3 end as previous_status_3,
    case when sets.has_3 then case coalesce(newest_verdicts.verdict_3, earlier_verdicts.verdict_3) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_3,
    
    case when sets.has_4 then now.criterion_4 end as status_4,
    case when sets.has_4 then before.criterion_4 end as previous_status_4,
    case when sets.has_4 then case coalesce(newest_verdicts.verdict_4, earlier_verdicts.verdict_4) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_4,
    
    case when sets.has_5 then now.criterion_5 end as status_5,
    case when sets.has_5 then before.criterion_5 end as previous_status_5,
    case when sets.has_5 then case coalesce(newest_verdicts.verdict_5, earlier_verdicts.verdict_5) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_5,
    
    case when sets.has_6 then now.criterion_6 end as status_6,
    case when sets.has_6 then before.criterion_6 end as previous_status_6,
    case when sets.has_6 then case coalesce(newest_verdicts.verdict_6, earlier_verdicts.verdict_6) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_6,
    
    case when sets.has_7 then now.criterion_7 end as status_7,
    case when sets.has_7 then before.criterion_7 end as previous_status_7,
    case when sets.has_7 then case coalesce(newest_verdicts.verdict_7, earlier_verdicts.verdict_7) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_7,
    
    case when sets.has_8 then now.criterion_8 end as status_8,
    case when sets.has_8 then before.criterion_8 end as previous_status_8,
    case when sets.has_8 then case coalesce(newest_verdicts.verdict_8, earlier_verdicts.verdict_8) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_8,
    
    case when sets.has_9 then now.criterion_9 end as status_9,
    case when sets.has_9 then before.criterion_9 end as previous_status_9,
    case when sets.has_9 then case coalesce(newest_verdicts.verdict_9, earlier_verdicts.verdict_9) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_9,
    
    case when sets.has_10 then now.criterion_10 end as status_10,
    case when sets.has_10 then before.criterion_10 end as previous_status_10,
    case when sets.has_10 then case coalesce(newest_verdicts.verdict_10, earlier_verdicts.verdict_10) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_10,
    
    case when sets.has_11 then now.criterion_11 end as status_11,
    case when sets.has_11 then before.criterion_11 end as previous_status_11,
    case when sets.has_11 then case coalesce(newest_verdicts.verdict_11, earlier_verdicts.verdict_11) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_11,
    
    case when sets.has_12 then now.criterion_12 end as status_12,
    case when sets.has_12 then before.criterion_12 end as previous_status_12,
    case when sets.has_12 then case coalesce(newest_verdicts.verdict_12, earlier_verdicts.verdict_12) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_12,
    
    case when sets.has_13 then now.criterion_13 end as status_13,
    case when sets.has_13 then before.criterion_13 end as previous_status_13,
    case when sets.has_13 then case coalesce(newest_verdicts.verdict_13, earlier_verdicts.verdict_13) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_13,
    
    case when sets.has_14 then now.criterion_14 end as status_14,
    case when sets.has_14 then before.criterion_14 end as previous_status_14,
    case when sets.has_14 then case coalesce(newest_verdicts.verdict_14, earlier_verdicts.verdict_14) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_14,
    
    case when sets.has_15 then now.criterion_15 end as status_15,
    case when sets.has_15 then before.criterion_15 end as previous_status_15,
    case when sets.has_15 then case coalesce(newest_verdicts.verdict_15, earlier_verdicts.verdict_15) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_15,
    
    case when sets.has_16 then now.criterion_16 end as status_16,
    case when sets.has_16 then before.criterion_16 end as previous_status_16,
    case when sets.has_16 then case coalesce(newest_verdicts.verdict_16, earlier_verdicts.verdict_16) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_16,
    
    case when sets.has_17 then now.criterion_17 end as status_17,
    case when sets.has_17 then before.criterion_17 end as previous_status_17,
    case when sets.has_17 then case coalesce(newest_verdicts.verdict_17, earlier_verdicts.verdict_17) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_17,
    
    case when sets.has_18 then now.criterion_18 end as status_18,
    case when sets.has_18 then before.criterion_18 end as previous_status_18,
    case when sets.has_18 then case coalesce(newest_verdicts.verdict_18, earlier_verdicts.verdict_18) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_18,
    
    case when sets.has_19 then now.criterion_19 end as status_19,
    case when sets.has_19 then before.criterion_19 end as previous_status_19,
    case when sets.has_19 then case coalesce(newest_verdicts.verdict_19, earlier_verdicts.verdict_19) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_19,
    
    case when sets.has_20 then now.criterion_20 end as status_20,
    case when sets.has_20 then before.criterion_20 end as previous_status_20,
    case when sets.has_20 then case coalesce(newest_verdicts.verdict_20, earlier_verdicts.verdict_20) when 0 then 'not_met' when 2 then 'met' end end
        as department_status_20
    
from communes
inner join sets
    on communes.month = sets.month
left join newest
    on communes.month = newest.known_month and communes.commune_code = newest.commune_code
left join reported as month_before
    on
        newest.known_month = month_before.known_month
        and newest.commune_code = month_before.commune_code
        and cast(newest.reported_month + to_months(-1) as date) = month_before.month
left join h01_rows as now
    on newest.row_id = now.row_id
left join h01_rows as before
    on month_before.row_id = before.row_id
left join known_sets as newest_set
    on communes.month = newest_set.known_month and newest_set.age = 1
left join verdicts as newest_verdicts
    on newest_set.set_id = newest_verdicts.set_id and communes.commune_code = newest_verdicts.commune_code
left join known_sets as earlier_set
    on communes.month = earlier_set.known_month and earlier_set.age = 2
left join verdicts as earlier_verdicts
    on earlier_set.set_id = earlier_verdicts.set_id and communes.commune_code = earlier_verdicts.commune_code