-- The stated change against the marks counted in this report and in that of the month directly before; silent in a stale copy (X05), and where
-- it fits the numbers that one of the two rows states beside its marks, which is K01's matter.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

previous as (
    select * from {{ ref('int_h01_previous') }}
),

stale_copies as (
    select submission_id from {{ ref('rule_x05') }} where outcome = 'failed'
),

compared as (
    select
        h01_rows.*,
        previous.earlier_submission_id,
        previous.earlier_sheet,
        previous.earlier_table_no,
        previous.earlier_row_number,
        previous.earlier_received_at,
        h01_rows.criteria_met - before.criteria_met as counted_change,
        before.criteria_met as earlier_criteria_met,
        h01_rows.change_stated in (
            h01_rows.criteria_met_stated - before.criteria_met,
            h01_rows.criteria_met - before.criteria_met_stated,
            h01_rows.criteria_met_stated - before.criteria_met_stated
        ) as is_as_stated,
        before.criteria_met_stated as earlier_stated,
        case
            when stale_copies.submission_id is not null then 'stale_copy'
            when previous.months_back is null or previous.months_back > 1 then 'no_previous_period'
            when previous.obstacle is not null then previous.obstacle
            when h01_rows.change_stated is null or h01_rows.criteria_unknown > 0 or before.criteria_unknown > 0 then 'side_unknown'
            when counted_change <> h01_rows.change_stated and is_as_stated then 'stated_number'
        end as obstacle
    from h01_rows
    inner join previous
        on h01_rows.row_id = previous.row_id
    left join h01_rows as before
        on previous.earlier_row_id = before.row_id
    left join stale_copies
        on h01_rows.submission_id = stale_copies.submission_id
)

select {{ rule_row('K03', {
    'outcome': outcome('case when obstacle is null then change_stated <> counted_change end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'change_stated'",
    'value': 'change_stated',
    'value_kind': "'number'",
    'expected': 'counted_change',
    'expected_kind': "'number'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': "case when earlier_stated is null then 'commune' else 'criteria_met_stated' end",
    'related_value': 'earlier_criteria_met',
    'related_kind': "'number'",
    'difference': 'change_stated - counted_change',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
