-- What was answered to findings that there are.
with answered as (
    select * from {{ ref('int_answered_findings') }}
),

findings as (
    select finding_id from {{ ref('int_finding_states') }}
)

select
    answered.finding_id,
    answered.answer,
    answered.reporter_code,
    answered.answered_at,
    answered.state,
    answered.decided_at,
    answered.submission_id,
    answered.sheet,
    answered.row_number
from answered
inner join findings
    on answered.finding_id = findings.finding_id
