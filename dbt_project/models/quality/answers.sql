-- What was answered to findings that there are, as it may be published.
with answered as (
    select * from {{ ref('int_answered_findings') }}
),

findings as (
    select finding_id from {{ ref('int_finding_states') }}
),

published as (
    select * from {{ ref('int_published_answers') }}
)

select
    answered.finding_id,
    published.masked as answer,
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
inner join published
    on answered.answer = published.text
