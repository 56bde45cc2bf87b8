-- What the departments say of a commune in a quarter, each of the criteria in its charge, side by side as its row of H01 has them: what is compared
-- with such rows is joined once, not once per criterion. Where two share a criterion, it is met only if both say so. A verdict that can't be read
-- is NULL, but has its submission.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'S01' and submission_id is not null
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

in_charge as (
    select
        submissions.month,
        criteria.month_end,
        submissions.submission_id,
        criteria.criteria_set_id,
        criteria.criterion_no,
        row_number() over (
            partition by submissions.month, criteria.criteria_set_id, criteria.criterion_no order by submissions.reporter_code
        ) as turn
    from submissions
    inner join criteria
        on
            submissions.month = criteria.month
            and {{ in_list('submissions.reporter_code', 'criteria.responsible_reporter_code') }}
),

-- of those that say the same, the first in order is named
weighed as (
    select
        in_charge.month,
        in_charge.month_end,
        in_charge.criteria_set_id,
        in_charge.criterion_no,
        in_charge.submission_id,
        findings.commune_code,
        {{ verdict_weight('findings.status') }} as weight,
        100 * {{ verdict_weight('findings.status') }} + in_charge.turn as place
    from {{ ref('int_department_findings') }} as findings
    inner join in_charge
        on findings.submission_id = in_charge.submission_id and findings.criterion_no = in_charge.criterion_no
),

side_by_side as (
    select
        month,
        month_end,
        commune_code,
        criteria_set_id,
        {% for number in criterion_numbers() %}
        min(case when criterion_no = {{ number }} then weight end) as weight_{{ number }},
        min_by(submission_id, place) filter (where criterion_no = {{ number }}) as submission_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from weighed
    group by month, month_end, commune_code, criteria_set_id
)

select
    month,
    month_end,
    commune_code,
    criteria_set_id,
    {% for number in criterion_numbers() %}
    {{ verdict_of_weight('weight_' ~ number) }} as verdict_{{ number }},
    submission_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from side_by_side
