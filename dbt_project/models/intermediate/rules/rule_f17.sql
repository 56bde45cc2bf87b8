-- An answer that has no effect: marked as accepted, but not by the Office, or given to an id that no finding has. It is asked once all other
-- findings have their ids; its own (finding_instances makes them likewise) may be answered, too.
with answers as (
    select
        *,
        path || '|' || finding_id as item_key
    from {{ ref('int_answers') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

known_ids as (
    select finding_id from {{ ref('int_identified_findings') }}
    union
    select {{ finding_id_of_answer('answers.reporter_code', 'answers.item_key') }} as finding_id
    from answers
),

checked as (
    select
        answers.*,
        submissions.form,
        case
            when known_ids.finding_id is null then 'gone'
            when answers.is_marked_accepted and not answers.is_of_office then ''
        end as trouble
    from answers
    inner join submissions
        on answers.submission_id = submissions.submission_id
    left join known_ids
        on answers.finding_id = known_ids.finding_id
)

select {{ rule_row('F17', {
    'variant': "coalesce(trouble, '')",
    'outcome': outcome('trouble is not null'),
    'reporter_code': 'reporter_code',
    'form': 'form',
    'submission_id': 'submission_id',
    'delivery_id': 'delivery_id',
    'file': 'path',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'field': "'finding_id'",
    'item_key': 'item_key',
    'value': 'finding_id',
    'detected_at': 'counted_from'
}) }}
from checked
