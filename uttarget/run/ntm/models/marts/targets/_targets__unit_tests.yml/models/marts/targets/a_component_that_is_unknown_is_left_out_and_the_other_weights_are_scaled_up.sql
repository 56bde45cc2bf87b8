
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "district_code","component","raw_value","normalised_value","weight","is_left_out","rank", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_districts_at_month as (

-- Fixture for int_districts_at_month
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "kind"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as DATE) as "month_end", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "kind"
),  __dbt__cte__int_month_windows as (

-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", 
    
    cast('2014-01-01' as DATE)
 as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
),  __dbt__cte__commune_months as (

-- Fixture for commune_months
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a1' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(19 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('b1' as character varying)
 as "commune_code", cast(null as character varying(256)) as "commune_name", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "district_name", cast(null as character varying(256)) as "criteria_set_id", cast(null as INTEGER) as "criteria_total", cast(null as INTEGER) as "criteria_met_reported", cast(null as INTEGER) as "criteria_unknown", 
    
    cast(0 as INTEGER)
 as "criteria_met_latest", cast(null as INTEGER) as "months_since_report", cast(null as INTEGER) as "criteria_met_verified", cast(null as INTEGER) as "criteria_verified", cast(null as INTEGER) as "criteria_met_official", cast(null as INTEGER) as "criteria_gained", cast(null as INTEGER) as "criteria_lost", cast(null as character varying(256)) as "progress_band", cast(null as INTEGER) as "models_running", cast(null as INTEGER) as "models_large", cast(null as INTEGER) as "models_medium", cast(null as INTEGER) as "models_small", cast(null as INTEGER) as "models_new", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model", cast(null as INTEGER) as "enterprises_active", cast(null as INTEGER) as "cooperatives_active", cast(null as INTEGER) as "cooperative_groups_active", cast(null as INTEGER) as "enterprises_new", cast(null as INTEGER) as "cooperatives_new", cast(null as INTEGER) as "residential_areas_recognised", cast(null as INTEGER) as "gardens_recognised", cast(null as DOUBLE) as "funds_ytd_million_vnd", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader", cast(null as INTEGER) as "assignments_age_months", cast(null as INTEGER) as "funds_age_months", cast(null as BOOLEAN) as "is_weak", cast(null as BOOLEAN) as "is_at_19", cast(null as INTEGER) as "open_findings", cast(null as DATE) as "comparable_since_on"
),  __dbt__cte__int_commune_models as (

-- Fixture for int_commune_models
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "commune_code", 
    
    cast('a' as character varying)
 as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(1 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(1 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(1 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"
union all
select 
    
    cast('2014-09-01' as DATE)
 as "month", cast(null as character varying(256)) as "commune_code", 
    
    cast('b' as character varying)
 as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "models_running", cast(null as BIGINT) as "models_large", cast(null as BIGINT) as "models_medium", cast(null as BIGINT) as "models_small", cast(null as BIGINT) as "models_new", 
    
    cast(0 as BIGINT)
 as "models_large_new_ytd", 
    
    cast(3 as BIGINT)
 as "models_medium_new_ytd", 
    
    cast(0 as BIGINT)
 as "models_small_new_ytd", cast(null as BOOLEAN) as "has_all_model_sizes", cast(null as BOOLEAN) as "has_no_model"
),  __dbt__cte__int_commune_establishments as (

-- Fixture for int_commune_establishments
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "enterprises_active", cast(null as BIGINT) as "enterprises_new", cast(null as BIGINT) as "enterprises_new_ytd", cast(null as BIGINT) as "cooperatives_active", cast(null as BIGINT) as "cooperatives_new", cast(null as BIGINT) as "cooperatives_new_ytd", cast(null as BIGINT) as "cooperative_groups_active", cast(null as BIGINT) as "cooperative_groups_new", cast(null as BIGINT) as "cooperative_groups_new_ytd"
    limit 0
),  __dbt__cte__int_owner_tasks as (

-- Fixture for int_owner_tasks
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('a' as character varying)
 as "owner_code", 
    
    cast(4 as BIGINT)
 as "tasks_due", 
    
    cast(1 as BIGINT)
 as "tasks_done_on_time"
),  __dbt__cte__int_reporter_reports as (

-- Fixture for int_reporter_reports
select cast(null as DATE) as "month", cast(null as character varying(256)) as "reporter_code", cast(null as BIGINT) as "reports_expected", cast(null as BIGINT) as "reports_received", cast(null as BIGINT) as "reports_on_time"
    limit 0
),  __dbt__cte__stg_reference__leadership_index_weights as (

-- Fixture for stg_reference__leadership_index_weights
select 
    
    cast('criteria_level' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.375 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('new_models' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.125 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
union all
select 
    
    cast('tasks_on_time' as character varying)
 as "component", cast(null as character varying(256)) as "definition_en", 
    
    cast(0.5 as DOUBLE)
 as "weight", cast(null as character varying(256)) as "normalisation", cast(null as character varying(256)) as "notice_words_vi", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('9999-12-31' as DATE)
 as "valid_to"
), districts as (
    select * from __dbt__cte__int_districts_at_month
),

windows as (
    select * from __dbt__cte__int_month_windows
),

communes as (
    select * from __dbt__cte__commune_months
),

models as (
    select * from __dbt__cte__int_commune_models
),

establishments as (
    select * from __dbt__cte__int_commune_establishments
),

tasks as (
    select * from __dbt__cte__int_owner_tasks
),

reports as (
    select * from __dbt__cte__int_reporter_reports
),

weights as (
    select * from __dbt__cte__stg_reference__leadership_index_weights
),

-- the same commune, criteria set and unbroken history as last December
criteria as (
    select
        communes.month,
        communes.district_code,
        avg(communes.criteria_met_latest) as criteria_level,
        avg(communes.criteria_met_latest - december.criteria_met_latest) as criteria_gain
    from communes
    inner join windows
        on communes.month = windows.month
    left join communes as december
        on
            december.month = cast(windows.year_start + to_months(-1) as date)
            and communes.commune_code = december.commune_code
            and communes.criteria_set_id = december.criteria_set_id
            and communes.comparable_since_on is not distinct from december.comparable_since_on
    group by communes.month, communes.district_code
),

new_models as (
    select
        month,
        district_code,
        avg(3 * models_large_new_ytd + 2 * models_medium_new_ytd + models_small_new_ytd) as new_models
    from models
    group by month, district_code
),

new_establishments as (
    select
        month,
        district_code,
        avg(enterprises_new_ytd + cooperatives_new_ytd) as new_establishments
    from establishments
    group by month, district_code
),

reports_of_year as (
    select
        windows.month,
        reports.reporter_code,
        sum(reports.reports_on_time) as reports_on_time,
        sum(reports.reports_expected) as reports_expected
    from windows
    inner join reports
        on reports.month >= windows.year_start and reports.month <= windows.month
    group by windows.month, reports.reporter_code
),

measured as (
    select
        districts.month,
        districts.district_code,
        criteria.criteria_level,
        criteria.criteria_gain,
        new_models.new_models,
        new_establishments.new_establishments,
        cast(tasks.tasks_done_on_time as double) / nullif(tasks.tasks_due, 0) as tasks_on_time,
        cast(reports_of_year.reports_on_time as double) / nullif(reports_of_year.reports_expected, 0) as reports_on_time
    from districts
    left join criteria
        on districts.month = criteria.month and districts.district_code = criteria.district_code
    left join new_models
        on districts.month = new_models.month and districts.district_code = new_models.district_code
    left join new_establishments
        on districts.month = new_establishments.month and districts.district_code = new_establishments.district_code
    left join tasks
        on districts.month = tasks.month and districts.district_code = tasks.owner_code
    left join reports_of_year
        on districts.month = reports_of_year.month and districts.district_code = reports_of_year.reporter_code
),

-- one row per district, month and component in force
components as (
    select
        measured.month,
        measured.district_code,
        weights.component,
        weights.weight as nominal_weight,
        cast(case weights.component
            
            when 'criteria_level' then measured.criteria_level
            
            when 'criteria_gain' then measured.criteria_gain
            
            when 'new_models' then measured.new_models
            
            when 'new_establishments' then measured.new_establishments
            
            when 'tasks_on_time' then measured.tasks_on_time
            
            when 'reports_on_time' then measured.reports_on_time
            
        end as double) as raw_value
    from measured
    inner join windows
        on measured.month = windows.month
    inner join weights
        on (windows.month_end >= weights.valid_from and windows.month_end < weights.valid_to)
),

normalised as (
    select
        *,
        case
            when raw_value is null then null
            when component = 'criteria_level' then raw_value / 19 * 100
            when component in ('tasks_on_time', 'reports_on_time') then raw_value * 100
            when max(raw_value) over in_month = min(raw_value) over in_month then 50
            else (raw_value - min(raw_value) over in_month) / (max(raw_value) over in_month - min(raw_value) over in_month) * 100
        end as normalised_value
    from components
    window in_month as (partition by month, component)
),

-- what is unknown is left out, and the other weights are scaled up to 1
weighted as (
    select
        *,
        -- rounded, so that the order in which a sum took its terms shows nowhere
        round(
            case when normalised_value is not null then nominal_weight else 0 end
            / nullif(sum(case when normalised_value is not null then nominal_weight else 0 end) over (partition by month, district_code), 0), 12
        ) as weight
    from normalised
),

indexed as (
    select
        month,
        district_code,
        round(sum(weight * normalised_value), 9) as index_value
    from weighted
    group by month, district_code
),

ranked as (
    select
        month,
        district_code,
        index_value,
        rank() over (partition by month order by index_value desc) as rank
    from indexed
    where index_value is not null
),

-- how far the rank moves when the weights are not quite these: 1,000 draws, each weight by up to a quarter more or less; fewer where there are
-- many districts to rank in each, 100 for the 700 of a country
draws as (
    select
        numbers.n as draw,
        weights.component,
        weights.valid_from,
        weights.valid_to,
        weights.weight * (0.75 + 0.5 * (cast(cast('0x' || substr(md5(cast('leadership_index' as varchar) || '/' || cast(numbers.n as varchar) || '/' || cast(weights.component as varchar)), 1, 8) as bigint) as double) / 4294967296.0)) as drawn_weight
    from (select cast(range as integer) as n from range(1000)) as numbers
    cross join weights
    where numbers.n < (select 70000 / greatest(count(distinct districts.district_code), 70) from districts)
),

-- one row per draw and month, one per district and month: each with its components side by side
drawn_weights as (
    select
        windows.month,
        draws.draw,
        
        sum(case when draws.component = 'criteria_level' then draws.drawn_weight end) as criteria_level,
        
        sum(case when draws.component = 'criteria_gain' then draws.drawn_weight end) as criteria_gain,
        
        sum(case when draws.component = 'new_models' then draws.drawn_weight end) as new_models,
        
        sum(case when draws.component = 'new_establishments' then draws.drawn_weight end) as new_establishments,
        
        sum(case when draws.component = 'tasks_on_time' then draws.drawn_weight end) as tasks_on_time,
        
        sum(case when draws.component = 'reports_on_time' then draws.drawn_weight end) as reports_on_time
        
    from windows
    inner join draws
        on (windows.month_end >= draws.valid_from and windows.month_end < draws.valid_to)
    group by windows.month, draws.draw
),

normalised_values as (
    select
        month,
        district_code,
        
        max(case when component = 'criteria_level' then normalised_value end) as criteria_level,
        
        max(case when component = 'criteria_gain' then normalised_value end) as criteria_gain,
        
        max(case when component = 'new_models' then normalised_value end) as new_models,
        
        max(case when component = 'new_establishments' then normalised_value end) as new_establishments,
        
        max(case when component = 'tasks_on_time' then normalised_value end) as tasks_on_time,
        
        max(case when component = 'reports_on_time' then normalised_value end) as reports_on_time
        
    from normalised
    where normalised_value is not null
    group by month, district_code
),

drawn as (
    select
        reported.month,
        reported.district_code,
        drawn_weights.draw,
        (coalesce(drawn_weights.criteria_level * reported.criteria_level, 0) + coalesce(drawn_weights.criteria_gain * reported.criteria_gain, 0) + coalesce(drawn_weights.new_models * reported.new_models, 0) + coalesce(drawn_weights.new_establishments * reported.new_establishments, 0) + coalesce(drawn_weights.tasks_on_time * reported.tasks_on_time, 0) + coalesce(drawn_weights.reports_on_time * reported.reports_on_time, 0))
        / (case when reported.criteria_level is null then 0 else coalesce(drawn_weights.criteria_level, 0) end + case when reported.criteria_gain is null then 0 else coalesce(drawn_weights.criteria_gain, 0) end + case when reported.new_models is null then 0 else coalesce(drawn_weights.new_models, 0) end + case when reported.new_establishments is null then 0 else coalesce(drawn_weights.new_establishments, 0) end + case when reported.tasks_on_time is null then 0 else coalesce(drawn_weights.tasks_on_time, 0) end + case when reported.reports_on_time is null then 0 else coalesce(drawn_weights.reports_on_time, 0) end)
            as index_value
    from normalised_values as reported
    inner join drawn_weights
        on reported.month = drawn_weights.month
),

drawn_ranks as (
    select
        month,
        district_code,
        rank() over (partition by month, draw order by round(index_value, 9) desc) as rank
    from drawn
),

spreads as (
    select
        month,
        district_code,
        percentile_disc(0.05) within group (order by rank) as rank_low,
        percentile_disc(0.95) within group (order by rank) as rank_high
    from drawn_ranks
    group by month, district_code
)

select
    weighted.month,
    weighted.district_code,
    weighted.component,
    weighted.raw_value,
    cast(weighted.normalised_value as double) as normalised_value,
    cast(weighted.weight as double) as weight,
    cast(weighted.weight * coalesce(weighted.normalised_value, 0) as double) as contribution,
    cast(ranked.index_value as double) as index_value,
    cast(ranked.rank as integer) as rank,
    cast(spreads.rank_low as integer) as rank_low,
    cast(spreads.rank_high as integer) as rank_high,
    weighted.normalised_value is null as is_left_out,
    weighted.nominal_weight
from weighted
left join ranked
    on weighted.month = ranked.month and weighted.district_code = ranked.district_code
left join spreads
    on weighted.month = spreads.month and weighted.district_code = spreads.district_code
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "district_code", "component", "raw_value", "normalised_value", "weight", "is_left_out", "rank", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('a' as character varying)
 as "district_code", 
    
    cast('criteria_level' as character varying)
 as "component", 
    
    cast(19 as DOUBLE)
 as "raw_value", 
    
    cast(100 as DOUBLE)
 as "normalised_value", 
    
    cast(0.375 as DOUBLE)
 as "weight", 
    
    cast(False as BOOLEAN)
 as "is_left_out", 
    
    cast(1 as INTEGER)
 as "rank"
union all
select 
    
    cast('a' as character varying)
 as "district_code", 
    
    cast('new_models' as character varying)
 as "component", 
    
    cast(6 as DOUBLE)
 as "raw_value", 
    
    cast(50 as DOUBLE)
 as "normalised_value", 
    
    cast(0.125 as DOUBLE)
 as "weight", 
    
    cast(False as BOOLEAN)
 as "is_left_out", 
    
    cast(1 as INTEGER)
 as "rank"
union all
select 
    
    cast('a' as character varying)
 as "district_code", 
    
    cast('tasks_on_time' as character varying)
 as "component", 
    
    cast(0.25 as DOUBLE)
 as "raw_value", 
    
    cast(25 as DOUBLE)
 as "normalised_value", 
    
    cast(0.5 as DOUBLE)
 as "weight", 
    
    cast(False as BOOLEAN)
 as "is_left_out", 
    
    cast(1 as INTEGER)
 as "rank"
union all
select 
    
    cast('b' as character varying)
 as "district_code", 
    
    cast('criteria_level' as character varying)
 as "component", 
    
    cast(0 as DOUBLE)
 as "raw_value", 
    
    cast(0 as DOUBLE)
 as "normalised_value", 
    
    cast(0.75 as DOUBLE)
 as "weight", 
    
    cast(False as BOOLEAN)
 as "is_left_out", 
    
    cast(2 as INTEGER)
 as "rank"
union all
select 
    
    cast('b' as character varying)
 as "district_code", 
    
    cast('new_models' as character varying)
 as "component", 
    
    cast(6 as DOUBLE)
 as "raw_value", 
    
    cast(50 as DOUBLE)
 as "normalised_value", 
    
    cast(0.25 as DOUBLE)
 as "weight", 
    
    cast(False as BOOLEAN)
 as "is_left_out", 
    
    cast(2 as INTEGER)
 as "rank"
union all
select 
    
    cast('b' as character varying)
 as "district_code", 
    
    cast('tasks_on_time' as character varying)
 as "component", 
    
    cast(null as DOUBLE)
 as "raw_value", 
    
    cast(null as DOUBLE)
 as "normalised_value", 
    
    cast(0 as DOUBLE)
 as "weight", 
    
    cast(True as BOOLEAN)
 as "is_left_out", 
    
    cast(2 as INTEGER)
 as "rank"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected