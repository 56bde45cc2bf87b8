{# The rows of a list that can be used, of the report that stands for its month, each with the period and the reporter and the address of the cell
   that names its item. #}
{% macro accepted_rows(model, form, cell_of) %}
with submissions as (
    select * from {{ ref('int_obligations') }} where form = '{{ form }}' and submission_id is not null
),

rows_used as (
    select * from {{ ref(model) }} where unused_reason is null
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = '{{ cell_of }}'
)

select
    submissions.month,
    submissions.period,
    submissions.period_start,
    submissions.period_end,
    submissions.reporter_code,
    {{ cell_address('cells', 'rows_used.row_number') }} as cell,
    rows_used.*
from rows_used
inner join submissions
    on rows_used.submission_id = submissions.submission_id
left join cells
    on rows_used.submission_id = cells.submission_id and rows_used.sheet = cells.sheet and rows_used.table_no = cells.table_no
{% endmacro %}
