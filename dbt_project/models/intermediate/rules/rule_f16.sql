-- A row of the register of decisions that can't be followed, at its row.
with decisions as (
    select * from {{ ref('int_decisions') }}
),

verdicts as (
    select * from {{ ref('int_submission_verdicts') }}
),

checked as (
    select
        decisions.*,
        coalesce(
            decisions.problem,
            case when decisions.key_submission_id is not null and verdicts.held_because is null then 'not_held' end
        ) as trouble
    from decisions
    left join verdicts
        on decisions.key_submission_id = verdicts.submission_id
)

select {{ rule_row('F16', {
    'variant': "coalesce(checked.trouble, '')",
    'outcome': outcome('checked.trouble is not null'),
    'reporter_code': 'issued.reporter_code',
    'form': 'issued.form',
    'submission_id': 'checked.submission_id',
    'file': 'checked.path',
    'sheet': 'checked.sheet',
    'table_no': 'checked.table_no',
    'row_number': 'checked.row_number',
    'field': "'decision'",
    'item_key': "checked.path || '|' || coalesce(checked.decided_submission_id, checked.decided_path)",
    'value': 'coalesce(checked.decided_submission_id, checked.decided_path)',
    'expected': 'checked.decision',
    'expected_kind': "'code'",
    'detected_at': 'checked.counted_from'
}) }}
from checked
inner join verdicts as issued
    on checked.submission_id = issued.submission_id
