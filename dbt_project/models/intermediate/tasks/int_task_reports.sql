-- What each C01 accepted so far says of each task of the register, found by its code or, where that is blank, by its words.
with found as (
    select * from {{ ref('int_task_rows') }} where task_code is not null
),

verdicts as (
    select * from {{ ref('int_submission_verdicts') }} where form = 'C01' and is_accepted
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'C01'
)

select
    found.task_code,
    verdicts.reporter_code as owner_code,
    obligations.month,
    verdicts.received_at,
    found.submission_id,
    obligations.submission_id = found.submission_id as is_current,
    found.row_number,
    found.status,
    found.percent_done,
    found.done_on,
    found.evidence
from found
inner join verdicts
    on found.submission_id = verdicts.submission_id
inner join obligations
    on verdicts.reporter_code = obligations.reporter_code and verdicts.period = obligations.period
