with duties as (
    select * from {{ ref('int_reporting_duties') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

exceptions as (
    select * from {{ ref('stg_reference__calendar_exceptions') }}
),

due_days as (
    select * from {{ ref('int_due_days') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

rejected as (
    select * from {{ ref('int_rejected_reports') }}
),

-- the rule in force on the period's last day; a rule for quarters says nothing of a month
owed as (
    select
        duties.reporter_code,
        duties.form,
        duties.due_days,
        duties.due_in,
        duties.non_working_day,
        periods.period,
        periods.frequency,
        periods.period_start,
        periods.period_end,
        periods.month,
        periods.period_no
    from duties
    inner join periods
        on
            {{ is_valid_on('periods.period_end', 'duties') }}
            and duties.frequency = periods.frequency
    qualify row_number() over (partition by duties.reporter_code, duties.form, periods.period order by duties.precedence) = 1
),

due as (
    select
        owed.*,
        coalesce(
            case when exceptions.kind = 'moved' then exceptions.due_on end,
            due_days.due_on
        ) as due_on,
        coalesce(exceptions.kind = 'excused' and exceptions.reason is not null, false) as is_excused,
        exceptions.reason as exception_reason
    from owed
    inner join due_days
        on
            owed.period = due_days.period
            and owed.due_days = due_days.due_days
            and owed.due_in = due_days.due_in
            and owed.non_working_day = due_days.non_working_day
    left join exceptions
        on
            owed.reporter_code = exceptions.reporter_code
            and owed.form = exceptions.form
            and owed.period = exceptions.period
),

accepted as (
    select
        reporter_code,
        form,
        period,
        min(first_received_at) as first_received_at,
        max(case when is_current then submission_id end) as submission_id
    from submissions
    where is_accepted
    group by reporter_code, form, period
),

held as (
    select distinct
        reporter_code,
        form,
        period
    from submissions
    where verdict = 'held'
),

judged as (
    select
        due.*,
        accepted.first_received_at,
        accepted.submission_id,
        case
            when due.is_excused then 'excused'
            when {{ local_date('accepted.first_received_at') }} <= due.due_on then 'on_time'
            when accepted.first_received_at is not null then 'late'
            when held.reporter_code is not null then 'held'
            when {{ as_of() }} <= due.due_on then 'not_yet_due'
            when rejected.reporter_code is not null then 'rejected_only'
            else 'missing'
        end as status,
        rejected.file as rejected_file,
        rejected.reason as rejected_reason
    from due
    left join accepted
        on
            due.reporter_code = accepted.reporter_code
            and due.form = accepted.form
            and due.period = accepted.period
    left join held
        on
            due.reporter_code = held.reporter_code
            and due.form = held.form
            and due.period = held.period
    left join rejected
        on
            due.reporter_code = rejected.reporter_code
            and due.form = rejected.form
            and due.period = rejected.period
)

select
    reporter_code,
    form,
    period,
    frequency,
    month,
    period_start,
    period_end,
    period_no,
    due_on,
    status,
    first_received_at,
    case when status = 'late' then {{ days_between('due_on', local_date('first_received_at')) }} end as days_late,
    case when status in ('missing', 'rejected_only') then {{ days_between('due_on', as_of()) }} end as days_overdue,
    submission_id,
    -- what came last and could not be used, and why
    case when status = 'rejected_only' then rejected_file end as rejected_file,
    case when status = 'rejected_only' then rejected_reason end as rejected_reason,
    exception_reason,
    due_on < {{ as_of() }} and status <> 'excused' as is_past_due
from judged
