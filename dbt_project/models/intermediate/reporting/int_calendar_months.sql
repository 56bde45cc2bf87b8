select
    month,
    period,
    period_start as month_start,
    period_end as month_end
from {{ ref('stg_reference__periods') }}
where frequency = 'month'
