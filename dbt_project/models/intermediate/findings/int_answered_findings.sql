-- Of each finding that somebody answered: the newest answer, and what the Office decided on it. An acceptance stands; a refusal does until
-- another answer comes.
with answers as (
    select * from {{ ref('int_answers') }}
),

newest as (
    select *
    from answers
    qualify row_number() over (partition by finding_id order by answer_no desc) = 1
),

-- what the sender wrote; the Office's own word only where nobody else said anything
given as (
    select *
    from answers
    qualify row_number() over (partition by finding_id order by is_of_office, answer_no desc) = 1
),

decided as (
    select *
    from answers
    where is_accepted is not null
    qualify row_number() over (partition by finding_id order by answer_no desc) = 1
)

select
    newest.finding_id,
    newest.explanation,
    given.explanation as answer,
    given.reporter_code,
    given.counted_from as answered_at,
    case
        when decided.is_accepted then 'accepted'
        when not decided.is_accepted and decided.answer_no >= given.answer_no then 'refused'
        else 'waiting'
    end as state,
    decided.counted_from as decided_at,
    given.submission_id,
    given.delivery_id,
    given.sheet,
    given.row_number
from newest
inner join given
    on newest.finding_id = given.finding_id
left join decided
    on newest.finding_id = decided.finding_id
