-- The reports that stood at the end of each month, as it was known then: received by that day, not yet withdrawn, and the last of their period
-- so far. Whatever comes later changes nothing here, so a plan made from them is the same whenever it is made again.
with months as (
    select * from {{ ref('int_months') }}
),

submissions as (
    select
        verdicts.*,
        deliveries.ended_at,
        case verdicts.form when 'V01' then 11 when 'S01' then 5 else 3 end as months_looked_back
    from {{ ref('int_submission_verdicts') }} as verdicts
    inner join {{ ref('int_deliveries') }} as deliveries
        on verdicts.delivery_id = deliveries.delivery_id
    where
        verdicts.form in ('H01', 'H02', 'H03', 'H04', 'S01', 'V01')
        and verdicts.counted_from is not null
        and (verdicts.is_accepted or (deliveries.is_withdrawn and (verdicts.rows_used > 0 or verdicts.is_nil)))
)

select
    months.month as known_month,
    months.month_end as known_on,
    submissions.form,
    submissions.reporter_code,
    submissions.month,
    submissions.period_end,
    submissions.submission_id,
    dense_rank() over (
        partition by months.month, submissions.form, submissions.reporter_code order by submissions.month desc
    ) as age
from months
inner join submissions
    on
        submissions.month <= months.month
        and submissions.month >= {{ add_months('months.month', '-submissions.months_looked_back') }}
        and submissions.counted_from < {{ end_of_local_day('months.month_end') }}
        and coalesce(submissions.ended_at >= {{ end_of_local_day('months.month_end') }}, true)
qualify
    row_number() over (
        partition by months.month, submissions.form, submissions.reporter_code, submissions.period
        order by submissions.received_seq desc, submissions.submission_id desc
    ) = 1
