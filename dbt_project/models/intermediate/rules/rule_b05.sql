-- Criterion 13 is the way production is organised: it asks for a cooperative or a cooperative group at work.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

criteria as (
    select * from {{ ref('stg_reference__criteria') }} where criterion_no = 13
),

establishments as (
    select * from {{ ref('int_commune_establishments') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

compared as (
    select
        h01_rows.*,
        h01_rows.criterion_13 as status,
        establishments.submission_id as list_submission_id,
        submissions.sheets as list_sheets,
        submissions.received_at as list_received_at,
        establishments.cooperatives_active + establishments.cooperative_groups_active as active
    from h01_rows
    inner join criteria
        on h01_rows.criteria_set_id = criteria.criteria_set_id
    left join establishments
        on
            h01_rows.month = establishments.month
            and h01_rows.commune_code = establishments.commune_code
    left join submissions
        on establishments.submission_id = submissions.submission_id
)

select {{ rule_row('B05', {
    'outcome': outcome("case when status = 'not_met' then false when status = 'met' and active is not null then active = 0 end"),
    'outcome_reason': "case when status is null then 'side_unknown' when status = 'met' and active is null then 'no_report' end",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criterion_13'",
    'value': 'status',
    'value_kind': "'code'",
    'related_submission_id': 'list_submission_id',
    'related_sheet': 'list_sheets',
    'related_value': 'active',
    'related_kind': "'number'",
    'detected_at': 'greatest(received_at, list_received_at)'
}) }}
from compared
