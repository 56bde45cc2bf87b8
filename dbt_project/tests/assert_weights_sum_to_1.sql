-- Weights in force in any month sum to 1 and none is below 0. The index is scaled to the weights there are, so a sum that is off makes no wrong
-- figure; but somebody meant another weight. (Files: leadership_index_weights.csv of the seeds or the office, inspection_weights.csv.)
-- One row per file and set of weights, with the months in which it holds.
{{ config(severity='warn', meta={
    'vi': '{failed} bộ trọng số không cộng lại thành 1 (chỉ số được quy về tổng của chúng)',
    'en': "{failed} sets of weights do not sum to 1 (the index is scaled to their sum)",
}) }}
with monthly as (
    {% for weights, file in [('stg_reference__leadership_index_weights', 'leadership_index_weights.csv'), ('stg_reference__inspection_weights', 'inspection_weights.csv')] %}
    select
        '{{ file }}' as file,
        months.month,
        round(sum(weights.weight), 6) as sum_of_weights,
        min(weights.weight) as lowest_weight,
        {{ distinct_list("weights.component || ' ' || cast(weights.weight as string) || ' (' || cast(weights.valid_from as string) || ')'") }} as rows_in_force
    from {{ ref('dim_months') }} as months
    left join {{ ref(weights) }} as weights
        on {{ is_valid_on('months.month_end', 'weights') }}
    group by months.month
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    file,
    min(month) as from_month,
    max(month) as to_month,
    sum_of_weights,
    rows_in_force
from monthly
where sum_of_weights is null or abs(sum_of_weights - 1) > 1e-6 or lowest_weight < 0
group by file, sum_of_weights, rows_in_force
