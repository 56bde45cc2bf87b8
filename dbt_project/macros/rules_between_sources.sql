{# B01 and B02 are one comparison seen from two sides: what the district's H01 of the quarter's last month says of a criterion, and what the
   department's S01 of that quarter does. `district_says`, `department_says`: the marks that together are the finding. #}
{% macro department_against_district(rule_id, severity, district_says, department_says) %}
with marks as (
    select * from {{ ref('int_h01_marks') }}
),

h01_rows as (
    select * from {{ ref('int_h01_rows') }} where month(month) in (3, 6, 9, 12)
),

verdicts as (
    select * from {{ ref('int_department_verdicts') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }} where form = 'S01' and is_current
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
        s01.status,
        case when s01.is_wide then 'criterion_' || cast(s01.criterion_no as varchar) else 'status' end as cell_field,
        s01.indicator_no is not null and s01.indicator_no <> cast(s01.criterion_no as varchar) as is_indicator
    from {{ ref('stg_departments__s01') }} as s01
    where s01.unused_reason is null and s01.status = '{{ department_says }}'
    qualify row_number() over (
        partition by s01.submission_id, s01.commune_code, s01.criterion_no
        order by is_indicator, s01.sheet, s01.row_number
    ) = 1
),

compared as (
    select
        h01_rows.*,
        marks.criterion_no,
        marks.status,
        verdicts.submission_id as verdict_submission_id,
        verdicts.status as verdict,
        submissions.received_at as verdict_received_at,
        verdict_cells.sheet as verdict_sheet,
        verdict_cells.table_no as verdict_table_no,
        verdict_cells.row_number as verdict_row_number,
        verdict_cells.cell_field as verdict_field
    from marks
    inner join h01_rows
        on
            marks.submission_id = h01_rows.submission_id
            and marks.sheet = h01_rows.sheet
            and marks.table_no = h01_rows.table_no
            and marks.row_number = h01_rows.row_number
    left join verdicts
        on
            h01_rows.month = verdicts.month
            and marks.commune_code = verdicts.commune_code
            and marks.criterion_no = verdicts.criterion_no
    left join submissions
        on verdicts.submission_id = submissions.submission_id
    left join verdict_cells
        on
            verdicts.submission_id = verdict_cells.submission_id
            and verdicts.commune_code = verdict_cells.commune_code
            and verdicts.criterion_no = verdict_cells.criterion_no
            and verdicts.status = verdict_cells.status
)

select {{ rule_row(rule_id, {
    'severity': "'" ~ severity ~ "'",
    'outcome': outcome("case when status is not null and verdict is not null then status = '" ~ district_says ~ "' and verdict = '" ~ department_says ~ "' end"),
    'outcome_reason': "case when verdict_submission_id is null then 'no_report' when status is null or verdict is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criterion_' || cast(criterion_no as varchar)",
    'value': 'status',
    'related_submission_id': 'verdict_submission_id',
    'related_sheet': 'verdict_sheet',
    'related_table_no': 'verdict_table_no',
    'related_row_number': 'verdict_row_number',
    'related_field': 'verdict_field',
    'related_value': 'verdict',
    'detected_at': 'greatest(received_at, verdict_received_at)'
}) }}
from compared
{% endmacro %}
