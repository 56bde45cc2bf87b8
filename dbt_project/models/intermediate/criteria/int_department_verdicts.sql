-- What the departments say of a commune in a quarter, each of the criteria in its charge, side by side as its row of H01 has them: what is compared
-- with such rows is joined once, not once a criterion. Where two share a criterion, it is met only if both say so. A verdict that can't be read
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
        submissions.reporter_code,
        submissions.submission_id,
        criteria.criteria_set_id,
        criteria.criterion_no
    from submissions
    inner join criteria
        on
            submissions.month = criteria.month
            and {{ in_list('submissions.reporter_code', 'criteria.responsible_reporter_code') }}
),

-- each as a word of which the first in order stands: not met, unreadable, met, then who says so
words as (
    select
        in_charge.month,
        in_charge.criteria_set_id,
        in_charge.criterion_no,
        findings.commune_code,
        case findings.status when 'not_met' then '0|' when 'met' then '2|' else '1|' end
        || in_charge.reporter_code || '|' || in_charge.submission_id as word
    from {{ ref('int_department_findings') }} as findings
    inner join in_charge
        on findings.submission_id = in_charge.submission_id and findings.criterion_no = in_charge.criterion_no
),

first_words as (
    select
        month,
        commune_code,
        criteria_set_id,
        {% for number in criterion_numbers() %}
        min(case when criterion_no = {{ number }} then word end) as word_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from words
    group by month, commune_code, criteria_set_id
)

select
    month,
    commune_code,
    criteria_set_id,
    {% for number in criterion_numbers() %}
    case substr(word_{{ number }}, 1, 1) when '0' then 'not_met' when '2' then 'met' end as verdict_{{ number }},
    split_part(word_{{ number }}, '|', 3) as submission_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from first_words
