-- Criteria gained since the month directly before; not evaluated where unknown marks could decide.
with marks as (
    select * from {{ ref('int_h01_marks') }}
),

h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

previous as (
    select
        *,
        case when months_back is null or months_back > 1 then 'no_previous_period' else obstacle end as hindrance
    from {{ ref('int_h01_previous') }}
),

gains as (
    select
        previous.submission_id,
        previous.sheet,
        previous.table_no,
        previous.row_number,
        count(case when now.status = 'met' and before.status = 'not_met' then 1 end) as gained,
        count(case when coalesce(now.status, 'met') = 'met' and coalesce(before.status, 'not_met') = 'not_met' then 1 end) as gained_at_most,
        count(case when before.status = 'met' then 1 end) as earlier_met,
        count(case when now.status = 'met' then 1 end) as met
    from previous
    inner join marks as now
        on
            previous.submission_id = now.submission_id
            and previous.sheet = now.sheet
            and previous.table_no = now.table_no
            and previous.row_number = now.row_number
    inner join marks as before
        on
            previous.earlier_submission_id = before.submission_id
            and previous.earlier_sheet = before.sheet
            and previous.earlier_table_no = before.table_no
            and previous.earlier_row_number = before.row_number
            and now.criterion_no = before.criterion_no
    where previous.hindrance is null
    group by previous.submission_id, previous.sheet, previous.table_no, previous.row_number
),

compared as (
    select
        h01_rows.*,
        previous.earlier_submission_id,
        previous.earlier_sheet,
        previous.earlier_table_no,
        previous.earlier_row_number,
        previous.earlier_received_at,
        gains.met,
        gains.earlier_met,
        gains.gained,
        previous.hindrance,
        case
            when previous.hindrance is not null then null
            when gains.gained >= cast(criteria_jump.value as integer) then true
            when gains.gained_at_most < cast(criteria_jump.value as integer) then false
        end as is_jump
    from h01_rows
    {{ join_parameter('criteria_jump', 'h01_rows.period_end') }}
    inner join previous
        on
            h01_rows.submission_id = previous.submission_id
            and h01_rows.sheet = previous.sheet
            and h01_rows.table_no = previous.table_no
            and h01_rows.row_number = previous.row_number
    left join gains
        on
            h01_rows.submission_id = gains.submission_id
            and h01_rows.sheet = gains.sheet
            and h01_rows.table_no = gains.table_no
            and h01_rows.row_number = gains.row_number
)

select {{ rule_row('X02', {
    'outcome': outcome('is_jump'),
    'outcome_reason': "coalesce(hindrance, case when is_jump is null then 'side_unknown' end)",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criteria_met_stated'",
    'value': 'met',
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': "'criteria_met_stated'",
    'related_value': 'earlier_met',
    'difference': 'gained',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
