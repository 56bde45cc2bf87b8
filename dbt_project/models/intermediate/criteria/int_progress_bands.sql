-- The bands of progress: all criteria of the set; below that, from each share of it that the parameters name, rounded up to a whole criterion.
with criteria_sets as (
    select distinct
        month,
        month_end,
        criteria_set_id,
        criteria_total
    from {{ ref('int_criteria_at_month') }}
),

parameters as (
    select * from {{ ref('stg_reference__parameters') }} where starts_with(name, 'progress_band_from_')
),

-- shares that round to the same criterion, and a share of nothing, make no band of their own
starts as (
    select
        criteria_sets.month,
        criteria_sets.criteria_set_id,
        criteria_sets.criteria_total,
        cast(ceil(cast(parameters.value as decimal(9, 6)) * criteria_sets.criteria_total) as integer) as criteria_from
    from criteria_sets
    inner join parameters
        on {{ is_valid_on('criteria_sets.month_end', 'parameters') }}
    union
    select
        month,
        criteria_set_id,
        criteria_total,
        unnest([0, criteria_total]) as criteria_from
    from criteria_sets
),

bands as (
    select
        *,
        coalesce(lead(criteria_from) over in_month - 1, criteria_total) as criteria_to,
        row_number() over (partition by month order by criteria_from desc) as band_order
    from starts
    where criteria_from <= criteria_total
    window in_month as (partition by month order by criteria_from)
)

select
    month,
    criteria_set_id,
    criteria_total,
    case
        when criteria_to = criteria_from then cast(criteria_from as varchar)
        when criteria_from = 0 then '<' || (criteria_to + 1)
        else criteria_from || '-' || criteria_to
    end as progress_band,
    band_order,
    criteria_from,
    criteria_to
from bands
