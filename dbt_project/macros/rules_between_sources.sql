{# B01 and B02 are one comparison seen from two sides: what the district's H01 of the quarter's last month says of a criterion, and what the
   department's S01 of that quarter does. `district_says`, `department_says`: the marks that together are the finding. The criteria of a commune
   stand side by side here: only those that contradict become rows of their own. #}
{% macro department_against_district(rule_id, district_says, department_says) %}
with h01_rows as (
    select * from {{ ref('int_h01_rows') }} where month(month) in (3, 6, 9, 12)
),

verdicts as (
    select * from {{ ref('int_department_verdicts') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where form = 'S01' and is_current
),

compared as (
    select
        h01_rows.submission_id,
        h01_rows.sheet,
        h01_rows.table_no,
        h01_rows.row_number,
        h01_rows.commune_code,
        h01_rows.month,
        h01_rows.reporter_code,
        h01_rows.period,
        h01_rows.received_at,
        h01_rows.criteria_given as marks,
        {% call(n) count_criteria() %}verdicts.submission_{{ n }} is not null{% endcall %} as verdicts_given,
        {% call(n) count_criteria() %}h01_rows.criterion_{{ n }} is not null and verdicts.verdict_{{ n }} is not null{% endcall %} as marks_evaluated,
        {% call(n) criteria_where() %}h01_rows.criterion_{{ n }} = '{{ district_says }}' and verdicts.verdict_{{ n }} = '{{ department_says }}'{% endcall %} as contradicted,
        {% for number in criterion_numbers() %}
        verdicts.submission_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from h01_rows
    left join verdicts
        on h01_rows.month = verdicts.month and h01_rows.commune_code = verdicts.commune_code
),

contradictions as (
    select
        compared.submission_id,
        compared.sheet,
        compared.table_no,
        compared.row_number,
        compared.commune_code,
        compared.reporter_code,
        compared.period,
        compared.received_at,
        numbers.n as criterion_no,
        {{ criterion_value('compared.submission', 'numbers.n') }} as verdict_submission_id
    from compared
    inner join ({{ numbers_below(criterion_numbers() | length + 1) }}) as numbers
        on {{ is_in_set('numbers.n', 'compared.contradicted') }}
    where compared.contradicted <> 0
),

-- the cell that decided: the criterion's own row, else the first indicator that says the same
verdict_cells as (
    select
        s01.submission_id,
        s01.sheet,
        s01.table_no,
        s01.row_number,
        s01.commune_code,
        s01.criterion_no,
        case when s01.is_wide then 'criterion_' || cast(s01.criterion_no as string) else 'status' end as cell_field,
        s01.indicator_no is not null and s01.indicator_no <> cast(s01.criterion_no as string) as is_indicator
    from {{ ref('stg_departments__s01') }} as s01
    inner join (select distinct verdict_submission_id, commune_code, criterion_no from contradictions) as looked_for
        on
            s01.submission_id = looked_for.verdict_submission_id
            and s01.commune_code = looked_for.commune_code
            and s01.criterion_no = looked_for.criterion_no
    where s01.unused_reason is null and s01.status = '{{ department_says }}'
    qualify row_number() over (
        partition by s01.submission_id, s01.commune_code, s01.criterion_no
        order by is_indicator, s01.sheet, s01.row_number
    ) = 1
),

failed as (
    select
        contradictions.*,
        submissions.received_at as verdict_received_at,
        verdict_cells.sheet as verdict_sheet,
        verdict_cells.table_no as verdict_table_no,
        verdict_cells.row_number as verdict_row_number,
        verdict_cells.cell_field as verdict_field
    from contradictions
    left join submissions
        on contradictions.verdict_submission_id = submissions.submission_id
    left join verdict_cells
        on
            contradictions.verdict_submission_id = verdict_cells.submission_id
            and contradictions.commune_code = verdict_cells.commune_code
            and contradictions.criterion_no = verdict_cells.criterion_no
),

others as (
    select
        submission_id,
        reporter_code,
        period,
        'passed' as outcome,
        cast(null as string) as outcome_reason,
        sum(marks_evaluated - {{ size_of_set('contradicted') }}) as marks
    from compared
    group by submission_id, reporter_code, period
    union all
    select
        submission_id,
        reporter_code,
        period,
        'not_evaluated' as outcome,
        'no_report' as outcome_reason,
        sum(marks - verdicts_given) as marks
    from compared
    group by submission_id, reporter_code, period
    union all
    select
        submission_id,
        reporter_code,
        period,
        'not_evaluated' as outcome,
        'side_unknown' as outcome_reason,
        sum(verdicts_given - marks_evaluated) as marks
    from compared
    group by submission_id, reporter_code, period
)

select {{ rule_row(rule_id, {
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
    'value': "'" ~ district_says ~ "'",
    'value_kind': "'code'",
    'related_submission_id': 'verdict_submission_id',
    'related_sheet': 'verdict_sheet',
    'related_table_no': 'verdict_table_no',
    'related_row_number': 'verdict_row_number',
    'related_field': 'verdict_field',
    'related_value': "'" ~ department_says ~ "'",
    'related_kind': "'code'",
    'detected_at': 'greatest(received_at, verdict_received_at)'
}) }}
from failed
union all
{{ counted_rows(rule_id, "'H01'", 'marks') }}
from others
where marks > 0
{% endmacro %}
