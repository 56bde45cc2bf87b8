-- The verdicts on a commune side by side, as its row of H01 has them: what is compared with such rows is joined once, not once a criterion.
select
    month,
    commune_code,
    criteria_set_id,
    {% for number in criterion_numbers() %}
    max(case when criterion_no = {{ number }} then status end) as verdict_{{ number }},
    max(case when criterion_no = {{ number }} then submission_id end) as submission_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from {{ ref('int_department_verdicts') }}
group by month, commune_code, criteria_set_id
