-- Weights of the known components sum to 1, contributions to the index, and the rank lies within its own spread.
{{ config(meta={
    'vi': '{failed} tháng của huyện có chỉ số khác tổng các thành phần',
    'en': "{failed} district months whose index is not the sum of its components",
}) }}
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
