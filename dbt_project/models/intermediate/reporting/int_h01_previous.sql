-- For each row of an H01 the row of the same commune in the last accepted report that has it, whichever district sent it.
with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

paired as (
    select
        h01_rows.row_id,
        h01_rows.commune_code,
        h01_rows.criteria_set_id,
        h01_rows.period_end,
        h01_rows.month_no - earlier.month_no as months_back,
        earlier.row_id as earlier_row_id,
        earlier.submission_id as earlier_submission_id,
        earlier.sheet as earlier_sheet,
        earlier.table_no as earlier_table_no,
        earlier.row_number as earlier_row_number,
        earlier.period as earlier_period,
        earlier.period_end as earlier_period_end,
        earlier.received_at as earlier_received_at,
        earlier.criteria_set_id as earlier_criteria_set_id
    from h01_rows
    {{ join_parameter('look_back_periods', 'h01_rows.period_end') }}
    left join h01_rows as earlier
        on
            h01_rows.commune_code = earlier.commune_code
            and earlier.is_current
            and earlier.month_no < h01_rows.month_no
            and earlier.month_no >= h01_rows.month_no - cast(look_back_periods.value as integer)
    qualify row_number() over (
        partition by h01_rows.row_id
        order by earlier.month_no desc nulls last, earlier.sheet, earlier.row_number
    ) = 1
)

select
    paired.*,
    case
        when paired.earlier_submission_id is null then 'no_previous_period'
        when not {{ is_same_territory('paired.earlier_period_end') }} then 'no_previous_period'
        when paired.criteria_set_id <> paired.earlier_criteria_set_id then 'criteria_set_changed'
    end as obstacle
from paired
{{ join_territory('paired.commune_code', 'paired.period_end') }}
