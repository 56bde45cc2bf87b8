-- Criteria gained since the month directly before; not evaluated where unknown marks could decide.
with h01_rows as (
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
        previous.*,
        now.criteria_met as met,
        before.criteria_met as earlier_met,
        before.criteria_met_stated as earlier_stated,
        {% call(n) count_criteria() %}now.criterion_{{ n }} = 'met' and before.criterion_{{ n }} = 'not_met'{% endcall %} as gained,
        -- a criterion that the set does not have is unknown on both sides, and was never gained
        {% call(n) count_criteria() %}coalesce(now.criterion_{{ n }}, 'met') = 'met' and coalesce(before.criterion_{{ n }}, 'not_met') = 'not_met'{% endcall %}
        - {{ criterion_numbers() | length }} + now.criteria_given as gained_at_most
    from previous
    inner join h01_rows as now
        on previous.row_id = now.row_id
    inner join h01_rows as before
        on previous.earlier_row_id = before.row_id
    where previous.hindrance is null
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
        gains.earlier_stated,
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
        on h01_rows.row_id = previous.row_id
    left join gains
        on h01_rows.row_id = gains.row_id
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
    'cell_field': "case when criteria_met_stated is null then 'commune' else 'criteria_met_stated' end",
    'field': "'criteria_met_stated'",
    'value': 'met',
    'value_kind': "'number'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': "case when earlier_stated is null then 'commune' else 'criteria_met_stated' end",
    'related_value': 'earlier_met',
    'related_kind': "'number'",
    'difference': 'gained',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
