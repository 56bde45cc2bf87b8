with months as (
    select * from {{ ref('int_months') }}
),

calendar_months as (
    select * from {{ ref('int_calendar_months') }}
),

parameters as (
    select * from {{ ref('stg_reference__parameters') }}
)

select
    months.month,
    months.month_start,
    months.month_end,
    following.month_end as next_month_end,
    year_before.month_end as year_before_end,
    -- the quarter whose facts stand in this month: the newest that has ended by the month's end
    {{ add_months('months.month', '-cast(month(months.month) % 3 as integer)') }} as quarter_month,
    -- the quarter before the newest is looked at only in a quarter's last month: in the others it lies outside the window of two quarters
    case when month(months.month) % 3 = 0 then {{ add_months('months.month', '-3') }} end as previous_quarter_month,
    -- months by their labels, and the days on which they begin
    first_of_window.month as window_start,
    first_of_window.month_start as window_start_on,
    first_of_year.month as year_start,
    first_of_year.month_start as year_start_on,
    cast(max(case when parameters.name = 'weak_below_criteria' then parameters.value end) as integer) as weak_below_criteria,
    cast(max(case when parameters.name = 'reporting_rate_final' then parameters.value end) as double) as reporting_rate_final,
    cast(max(case when parameters.name = 'new_model_age' then parameters.value end) as integer) as new_model_age_months,
    cast(max(case when parameters.name = 'inspection_communes_per_month' then parameters.value end) as integer) as inspection_communes_per_month,
    cast(max(case when parameters.name = 'inspection_items_per_commune' then parameters.value end) as integer) as inspection_items_per_commune,
    cast(max(case when parameters.name = 'inspection_rest' then parameters.value end) as integer) as inspection_rest_months,
    cast(max(case when parameters.name = 'criteria_jump' then parameters.value end) as integer) as criteria_jump
from months
inner join calendar_months as following
    on {{ add_months('months.month', 1) }} = following.month
inner join calendar_months as year_before
    on {{ add_months('months.month', -12) }} = year_before.month
inner join calendar_months as first_of_window
    on {{ add_months("date_trunc('quarter', months.month)", '-3') }} = first_of_window.month
inner join calendar_months as first_of_year
    on cast(date_trunc('year', months.month) as date) = first_of_year.month
left join parameters
    on {{ is_valid_on('months.month_end', 'parameters') }}
group by
    months.month, months.month_start, months.month_end, following.month_end, year_before.month_end, first_of_window.month,
    first_of_window.month_start, first_of_year.month, first_of_year.month_start
