with months as (
    select * from {{ ref('int_months') }}
),

criteria_sets as (
    select distinct
        month,
        criteria_set_id,
        criteria_total
    from {{ ref('int_criteria_at_month') }}
),

words as (
    select * from {{ ref('int_words') }}
)

select
    months.month,
    months.month_start,
    months.month_end,
    months.period,
    {{ capitalised(period_in_words('months.period', 'vi')) }} as month_label_vi,
    months.quarter,
    months.is_quarter_end,
    cast(year(months.month) as integer) as year,
    criteria_sets.criteria_set_id,
    criteria_sets.criteria_total
from months
cross join words
left join criteria_sets
    on months.month = criteria_sets.month
