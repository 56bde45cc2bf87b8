with  __dbt__cte__int_reporting_duties as (

-- Fixture for int_reporting_duties
select 
    
    cast('a' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('b' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('next_working_day' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('c' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('quarter' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(30 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(2 as BIGINT)
 as "precedence"
union all
select 
    
    cast('d' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(7 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2016-01-01' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
union all
select 
    
    cast('e' as character varying)
 as "reporter_code", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast(7 as INTEGER)
 as "due_days", 
    
    cast('keep' as character varying)
 as "non_working_day", 
    
    cast('2014-01-01' as DATE)
 as "valid_from", 
    
    cast('2015-03-31' as DATE)
 as "valid_to", 
    
    cast(1 as BIGINT)
 as "precedence"
),  __dbt__cte__int_periods as (

-- Fixture for int_periods
select 
    
    cast('2015-03' as character varying)
 as "period", 
    
    cast('month' as character varying)
 as "frequency", 
    
    cast('2015-03-01' as DATE)
 as "period_start", 
    
    cast('2015-03-31' as DATE)
 as "period_end", 
    
    cast('2015-03-01' as DATE)
 as "month", 
    
    cast(1 as BIGINT)
 as "period_no"
),  __dbt__cte__stg_reference__calendar_exceptions as (

-- Fixture for stg_reference__calendar_exceptions
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "kind", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "reason"
    limit 0
),  __dbt__cte__stg_reference__holidays as (

-- Fixture for stg_reference__holidays
select 
    
    cast('2015-04-30' as DATE)
 as "holiday_on", cast(null as character varying(256)) as "name_vi"
union all
select 
    
    cast('2015-05-01' as DATE)
 as "holiday_on", cast(null as character varying(256)) as "name_vi"
),  __dbt__cte__int_submission_verdicts as (

-- Fixture for int_submission_verdicts
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "known_reporter_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "known_period", cast(null as DATE) as "month", cast(null as DATE) as "period_start", cast(null as DATE) as "period_end", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "path", cast(null as TIMESTAMP) as "received_at", cast(null as BIGINT) as "received_seq", cast(null as character varying(256)) as "verdict", cast(null as BOOLEAN) as "is_accepted", cast(null as BOOLEAN) as "is_current", cast(null as character varying(256)) as "superseded_by_submission_id", cast(null as character varying(256)) as "supersedes_submission_id", cast(null as BOOLEAN) as "is_standing", cast(null as BOOLEAN) as "is_register", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used", cast(null as character varying(256)) as "reason"
    limit 0
),  __dbt__cte__int_deliveries as (

-- Fixture for int_deliveries
select cast(null as character varying(256)) as "delivery_id", cast(null as character varying(256)) as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", cast(null as TIMESTAMP) as "received_at", cast(null as character varying(256)) as "received_from", cast(null as BIGINT) as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", cast(null as BOOLEAN) as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
    limit 0
), duties as (
    select * from __dbt__cte__int_reporting_duties
),

periods as (
    select * from __dbt__cte__int_periods
),

exceptions as (
    select * from __dbt__cte__stg_reference__calendar_exceptions
),

holidays as (
    select * from __dbt__cte__stg_reference__holidays
),

submissions as (
    select * from __dbt__cte__int_submission_verdicts
),

-- the rule in force on the period's last day; a rule for quarters says nothing of a month
owed as (
    select
        duties.reporter_code,
        duties.form,
        duties.non_working_day,
        periods.period,
        periods.frequency,
        periods.period_start,
        periods.period_end,
        periods.month,
        periods.period_no,
        cast(periods.period_end + duties.due_days as date) as nominal_due_on
    from duties
    inner join periods
        on
            (periods.period_end >= duties.valid_from and periods.period_end < duties.valid_to)
            and duties.frequency = periods.frequency
    qualify row_number() over (partition by duties.reporter_code, duties.form, periods.period order by duties.precedence) = 1
),

-- no run of days off is longer than this
days_ahead as (
    select cast(range as integer) as n from range(30)
),

nominal_days as (
    select distinct nominal_due_on
    from owed
    where non_working_day = 'next_working_day'
),

working_days as (
    select
        nominal_days.nominal_due_on,
        min(cast(nominal_days.nominal_due_on + days_ahead.n as date)) as working_on
    from nominal_days
    cross join days_ahead
    left join holidays
        on holidays.holiday_on = cast(nominal_days.nominal_due_on + days_ahead.n as date)
    where
        holidays.holiday_on is null
        and not (isodow(cast(nominal_days.nominal_due_on + days_ahead.n as date)) >= 6)
    group by nominal_days.nominal_due_on
),

due as (
    select
        owed.*,
        coalesce(
            case when exceptions.kind = 'moved' then exceptions.due_on end,
            case when owed.non_working_day = 'next_working_day' then working_days.working_on end,
            owed.nominal_due_on
        ) as due_on,
        coalesce(exceptions.kind = 'excused' and exceptions.reason is not null, false) as is_excused,
        exceptions.reason as exception_reason
    from owed
    left join working_days
        on owed.nominal_due_on = working_days.nominal_due_on
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
        min(received_at) as first_received_at,
        max(case when is_current then submission_id end) as submission_id
    from submissions
    where is_accepted
    group by reporter_code, form, period
),

-- a rejected delivery of unknown form may have been meant for any report of its reporter and period
rejected as (
    select distinct
        known_reporter_code as reporter_code,
        form,
        known_period as period
    from submissions
    where verdict = 'rejected'
    union
    select
        deliveries.reporter_code,
        duties.form,
        deliveries.period
    from __dbt__cte__int_deliveries as deliveries
    inner join duties
        on deliveries.reporter_code = duties.reporter_code
    where
        deliveries.status = 'rejected'
        and not exists (select 1 from submissions where submissions.delivery_id = deliveries.delivery_id)
),

judged as (
    select
        due.*,
        accepted.first_received_at,
        accepted.submission_id,
        case
            when due.is_excused then 'excused'
            when cast(accepted.first_received_at + interval 7 hours as date) <= due.due_on then 'on_time'
            when accepted.first_received_at is not null then 'late'
            when cast('2015-12-31' as date) <= due.due_on then 'not_yet_due'
            when rejected.reporter_code is not null then 'rejected_only'
            else 'missing'
        end as status
    from due
    left join accepted
        on
            due.reporter_code = accepted.reporter_code
            and due.form = accepted.form
            and due.period = accepted.period
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
    case when status = 'late' then date_diff('day', due_on, cast(first_received_at + interval 7 hours as date)) end as days_late,
    case when status in ('missing', 'rejected_only') then date_diff('day', due_on, cast('2015-12-31' as date)) end as days_overdue,
    submission_id,
    exception_reason,
    due_on < cast('2015-12-31' as date) and status <> 'excused' as is_past_due
from judged