-- Each mark against the one of the last accepted report. The sheet's criteria stand side by side here: only those that fell become rows of their own.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

previous as (
    select * from {{ ref('int_h01_previous') }}
),

compared as (
    select
        h01_rows.submission_id,
        h01_rows.sheet,
        h01_rows.table_no,
        h01_rows.row_number,
        h01_rows.commune_code,
        h01_rows.reporter_code,
        h01_rows.period,
        h01_rows.received_at,
        previous.earlier_submission_id,
        previous.earlier_sheet,
        previous.earlier_table_no,
        previous.earlier_row_number,
        previous.earlier_received_at,
        previous.obstacle,
        h01_rows.criteria_given as marks,
        case
            when previous.obstacle is not null then 0
            else {% call(n) count_criteria() %}h01_rows.criterion_{{ n }} is not null and earlier.criterion_{{ n }} is not null{% endcall %}
        end as marks_evaluated,
        case
            when previous.obstacle is null and h01_rows.note is null
                then {% call(n) criteria_where() %}earlier.criterion_{{ n }} = 'met' and h01_rows.criterion_{{ n }} = 'not_met'{% endcall %}
            else 0
        end as fallen
    from h01_rows
    inner join previous
        on h01_rows.row_id = previous.row_id
    left join h01_rows as earlier
        on previous.earlier_row_id = earlier.row_id
),

fallen_marks as (
    select
        compared.*,
        numbers.n as criterion_no
    from compared
    inner join ({{ numbers_below(criterion_numbers() | length + 1) }}) as numbers
        on {{ is_in_set('numbers.n', 'compared.fallen') }}
    where compared.fallen <> 0
),

others as (
    select
        submission_id,
        reporter_code,
        period,
        'passed' as outcome,
        cast(null as string) as outcome_reason,
        sum(marks_evaluated - {{ size_of_set('fallen') }}) as marks
    from compared
    group by submission_id, reporter_code, period
    union all
    select
        submission_id,
        reporter_code,
        period,
        'not_evaluated' as outcome,
        coalesce(obstacle, 'side_unknown') as outcome_reason,
        sum(marks - marks_evaluated) as marks
    from compared
    group by submission_id, reporter_code, period, coalesce(obstacle, 'side_unknown')
)

select {{ rule_row('X01', {
    'outcome': "'failed'",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criterion_' || cast(criterion_no as string)",
    'value': "'not_met'",
    'value_kind': "'code'",
    'expected': "'met'",
    'expected_kind': "'code'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': "'criterion_' || cast(criterion_no as string)",
    'related_value': "'met'",
    'related_kind': "'code'",
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from fallen_marks
union all
{{ counted_rows('X01', "'H01'", 'marks') }}
from others
where marks > 0
