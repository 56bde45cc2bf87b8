-- What the H01 of the month, its district's or its own, says of each rural commune: who owes it, what came, which row speaks of the commune, and the marks of the
-- set in force side by side, each with the letter of its column.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

sets as (
    select
        month,
        criteria_set_id,
        criteria_total,
        criteria_set_since_on,
        count(*) as criteria_given,
        {% for number in criterion_numbers() %}
        bool_or(criterion_no = {{ number }}) as has_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_criteria_at_month') }}
    group by month, criteria_set_id, criteria_total, criteria_set_since_on
),

reported_units as (
    select * from {{ ref('int_reported_units') }} where form = 'H01'
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'H01'
),

-- the row that speaks of a commune: the used one, else one of those that could not be used (R03)
commune_rows as (
    select
        *,
        unused_reason is null as is_row_used
    from {{ ref('stg_districts__h01') }}
    where commune_code is not null
    qualify
        row_number() over (
            partition by submission_id, commune_code
            order by case when unused_reason is null then 0 else 1 end, sheet, table_no, row_number
        ) = 1
),

columns_read as (
    select
        submission_id,
        sheet,
        table_no,
        {% for number in criterion_numbers() %}
        max(case when field = 'criterion_{{ number }}' then column_letter end) as letter_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('stg_landed__columns') }}
    where field like 'criterion%'
    group by submission_id, sheet, table_no
)

select
    communes.month,
    communes.month_end,
    communes.commune_code,
    communes.district_code,
    communes.continuous_since_on,
    sets.criteria_set_id,
    sets.criteria_total,
    sets.criteria_given,
    sets.criteria_set_since_on,
    obligations.submission_id,
    obligations.status as obligation_status,
    commune_rows.sheet,
    commune_rows.row_number,
    commune_rows.unreadable_fields,
    coalesce(commune_rows.is_row_used, false) as is_row_used,
    {% for number in criterion_numbers() %}
    case when commune_rows.is_row_used and sets.has_{{ number }} then commune_rows.criterion_{{ number }} end as criterion_{{ number }},
    columns_read.letter_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from communes
inner join sets
    on communes.month = sets.month
left join reported_units
    on communes.commune_code = reported_units.unit_code and {{ is_valid_on('communes.month_end', 'reported_units') }}
left join obligations
    on reported_units.reporter_code = obligations.reporter_code and communes.month = obligations.month
left join commune_rows
    on obligations.submission_id = commune_rows.submission_id and communes.commune_code = commune_rows.commune_code
left join columns_read
    on
        commune_rows.submission_id = columns_read.submission_id
        and commune_rows.sheet = columns_read.sheet
        and commune_rows.table_no = columns_read.table_no
