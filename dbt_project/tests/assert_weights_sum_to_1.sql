-- Weights in force in any month sum to 1 and none is below 0. The index is scaled to the weights there are, so a sum that is off makes no wrong
-- figure; but somebody meant another weight. (Files: leadership_index_weights.csv of the seeds or the office, inspection_weights.csv.)
{{ config(severity='warn', meta={
    'vi': '{failed} tháng có tổng trọng số khác 1',
    'en': "{failed} months whose weights do not sum to 1",
}) }}
{% for weights, file in [('stg_reference__leadership_index_weights', 'leadership_index_weights.csv'), ('stg_reference__inspection_weights', 'inspection_weights.csv')] %}
select
    '{{ file }}' as file,
    months.month,
    sum(weights.weight) as sum_of_weights,
    {{ joined("weights.component || ' ' || cast(weights.weight as varchar)") }} as weights
from {{ ref('dim_months') }} as months
left join {{ ref(weights) }} as weights
    on {{ is_valid_on('months.month_end', 'weights') }}
group by months.month
having sum(weights.weight) is null or abs(sum(weights.weight) - 1) > 1e-6 or min(weights.weight) < 0
{{ "union all" if not loop.last }}
{% endfor %}
