
-- Fixture for int_month_windows
select 
    
    cast('2014-09-01' as DATE)
 as "month", 
    
    cast('2014-09-30' as DATE)
 as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2014-10-01' as DATE)
 as "month", 
    
    cast('2014-10-31' as DATE)
 as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"
union all
select 
    
    cast('2015-10-01' as DATE)
 as "month", 
    
    cast('2015-10-31' as DATE)
 as "month_end", cast(null as DATE) as "quarter_month", cast(null as DATE) as "previous_quarter_month", cast(null as DATE) as "window_start", cast(null as DATE) as "year_start", cast(null as INTEGER) as "weak_below_criteria", cast(null as DOUBLE) as "reporting_rate_final", cast(null as INTEGER) as "new_model_age_months", cast(null as INTEGER) as "inspection_communes_per_month", cast(null as INTEGER) as "inspection_items_per_commune", cast(null as INTEGER) as "inspection_rest_months", cast(null as INTEGER) as "criteria_jump"