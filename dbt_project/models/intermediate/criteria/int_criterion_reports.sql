-- What the district's H01 of the month says of each criterion of each rural commune, and in which state each expected value is.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'H01'
),

-- the row that speaks of a commune: the used one, else one of those that could not be used (R03)
commune_rows as (
    select
        submission_id,
        commune_code,
        sheet,
        table_no,
        row_number,
        unused_reason is null as is_row_used
    from {{ ref('stg_districts__h01') }}
    where commune_code is not null
    qualify
        row_number() over (
            partition by submission_id, commune_code
            order by case when unused_reason is null then 0 else 1 end, sheet, table_no, row_number
        ) = 1
),

marks as (
    select * from {{ ref('stg_districts__h01_criteria') }}
),

columns_read as (
    select * from {{ ref('stg_landed__columns') }}
),

-- one row per rural commune and month: who owes the report, what came, which row speaks of it
commune_reports as (
    select
        communes.month,
        communes.month_end,
        communes.commune_code,
        communes.district_code,
        communes.continuous_since_on,
        obligations.submission_id,
        obligations.status as obligation_status,
        commune_rows.sheet,
        commune_rows.table_no,
        commune_rows.row_number,
        commune_rows.is_row_used
    from communes
    left join obligations
        on communes.district_code = obligations.reporter_code and communes.month = obligations.month
    left join commune_rows
        on obligations.submission_id = commune_rows.submission_id and communes.commune_code = commune_rows.commune_code
),

expected_values as (
    select
        commune_reports.*,
        criteria.criteria_set_id,
        criteria.criteria_total,
        criteria.criterion_no,
        criteria.responsible_reporter_code
    from commune_reports
    inner join criteria
        on commune_reports.month = criteria.month
)

select
    expected_values.month,
    expected_values.month_end,
    expected_values.commune_code,
    expected_values.district_code,
    expected_values.continuous_since_on,
    expected_values.criteria_set_id,
    expected_values.criteria_total,
    expected_values.criterion_no,
    expected_values.responsible_reporter_code,
    coalesce(expected_values.is_row_used, false) as is_row_used,
    case
        when expected_values.is_row_used and marks.status is not null then 'reported'
        when expected_values.is_row_used and not coalesce(marks.is_unreadable, false) then 'blank'
        when expected_values.row_number is not null then 'unreadable'
        when expected_values.submission_id is not null then 'row_absent'
        when expected_values.obligation_status in ('missing', 'rejected_only') then 'report_missing'
        else 'not_due'
    end as reported_state,
    case when expected_values.is_row_used then marks.status end as reported_status,
    case when expected_values.row_number is not null then expected_values.submission_id end as reported_submission_id,
    expected_values.sheet as reported_sheet,
    {{ cell_address('columns_read', 'expected_values.row_number') }} as reported_cell
from expected_values
left join marks
    on
        expected_values.submission_id = marks.submission_id
        and expected_values.sheet = marks.sheet
        and expected_values.table_no = marks.table_no
        and expected_values.row_number = marks.row_number
        and expected_values.criterion_no = marks.criterion_no
left join columns_read
    on
        expected_values.submission_id = columns_read.submission_id
        and expected_values.sheet = columns_read.sheet
        and expected_values.table_no = columns_read.table_no
        and columns_read.field = marks.field
