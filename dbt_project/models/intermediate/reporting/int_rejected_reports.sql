with submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

sheets as (
    select * from {{ ref('stg_landed__sheets') }}
),

duties as (
    select * from {{ ref('int_reporting_duties') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

named_periods as (
    select * from {{ ref('stg_reference__periods') }}
),

-- a rejected delivery of unknown form may have been meant for any report of its reporter and period; one of a longer period's
-- last month for those of that period too, which clerks send in the same workbook
rejected as (
    select
        known_reporter_code as reporter_code,
        form,
        known_period as period,
        path as file,
        reason,
        received_seq
    from submissions
    where verdict = 'rejected'
    union all
    select
        deliveries.reporter_code,
        duties.form,
        periods.period,
        deliveries.path,
        deliveries.reason,
        deliveries.received_seq
    from {{ ref('int_deliveries') }} as deliveries
    inner join duties
        on deliveries.reporter_code = duties.reporter_code
    inner join named_periods
        on deliveries.period = named_periods.period
    inner join periods
        on
            duties.frequency = periods.frequency
            and (named_periods.period = periods.period or (periods.frequency <> 'month' and named_periods.month = periods.month))
    where
        deliveries.status = 'rejected'
        and (
            not exists (select 1 from submissions where submissions.delivery_id = deliveries.delivery_id)
            or exists (
                select 1 from sheets where sheets.delivery_id = deliveries.delivery_id and sheets.kind = 'unrecognised' and sheets.forms is null
            )
        )
)

select
    reporter_code,
    form,
    period,
    file,
    reason
from rejected
where reporter_code is not null and period is not null
qualify row_number() over (partition by reporter_code, form, period order by received_seq desc, file) = 1
