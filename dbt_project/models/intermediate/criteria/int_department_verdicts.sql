-- A department's verdict on a criterion in its charge: one row per quarter, rural commune and criterion it spoke of, NULL where it can't be read.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'S01' and submission_id is not null
),

findings as (
    select * from {{ ref('int_department_findings') }}
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
)

select
    submissions.month,
    submissions.reporter_code,
    findings.commune_code,
    criteria.criteria_set_id,
    findings.criterion_no,
    submissions.submission_id,
    findings.status
from findings
inner join submissions
    on findings.submission_id = submissions.submission_id
inner join criteria
    on
        submissions.month = criteria.month
        and findings.criterion_no = criteria.criterion_no
        and {{ in_list('submissions.reporter_code', 'criteria.responsible_reporter_code') }}
-- where two departments share a criterion, it is met only if both say so
qualify
    row_number() over (
        partition by submissions.month, findings.commune_code, findings.criterion_no
        order by case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end, submissions.reporter_code
    ) = 1
