-- Weights of the known components sum to 1, contributions to the index, and the rank lies within its own spread.
select
    month,
    district_code
from {{ ref('leadership_index') }}
group by month, district_code
having
    count(case when not is_left_out then 1 end) > 0
    and (
        abs(sum(weight) - 1) > 1e-9
        or abs(sum(contribution) - max(index_value)) > 1e-9
        or min(rank_low) > max(rank_high)
    )
