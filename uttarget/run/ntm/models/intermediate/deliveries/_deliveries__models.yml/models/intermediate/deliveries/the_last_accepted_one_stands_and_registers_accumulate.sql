
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "submission_id","verdict","is_current","is_standing","superseded_by_submission_id","reason", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__int_deliveries as (

-- Fixture for int_deliveries
select 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('d1' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-01T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(1 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('d2' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-02T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(2 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('d3' as character varying)
 as "delivery_id", 
    
    cast('d3' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-10-03T00:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "received_from", 
    
    cast(3 as BIGINT)
 as "received_seq", cast(null as BOOLEAN) as "is_in_register", cast(null as character varying(256)) as "register_sender_code", cast(null as character varying(256)) as "register_period", 
    
    cast(False as BOOLEAN)
 as "is_withdrawn", cast(null as TIMESTAMP) as "withdrawn_at", cast(null as character varying(256)) as "duplicate_of_delivery_id", cast(null as character varying(256)) as "same_bytes_as_delivery_id", cast(null as character varying(256)) as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
),  __dbt__cte__stg_landed__submissions as (

-- Fixture for stg_landed__submissions
select 
    
    cast('good' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('better' as character varying)
 as "submission_id", 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('unusable' as character varying)
 as "submission_id", 
    
    cast('d3' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-09' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('rejected' as character varying)
 as "status", 
    
    cast('F05' as character varying)
 as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('ahead' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('H01' as character varying)
 as "form", 
    
    cast('443' as character varying)
 as "reporter_code", 
    
    cast('2014-11' as character varying)
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('register_1' as character varying)
 as "submission_id", 
    
    cast('d1' as character varying)
 as "delivery_id", 
    
    cast('V02' as character varying)
 as "form", 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast(null as character varying(256))
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
union all
select 
    
    cast('register_2' as character varying)
 as "submission_id", 
    
    cast('d2' as character varying)
 as "delivery_id", 
    
    cast('V02' as character varying)
 as "form", 
    
    cast('VPDP' as character varying)
 as "reporter_code", 
    
    cast(null as character varying(256))
 as "period", cast(null as character varying(256)) as "reporter_source", cast(null as character varying(256)) as "period_source", cast(null as character varying(256)) as "sheet_reporter_code", cast(null as character varying(256)) as "sheet_period", cast(null as character varying(256)) as "sheets", 
    
    cast('usable' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as BOOLEAN) as "is_nil", cast(null as INTEGER) as "rows_read", cast(null as INTEGER) as "rows_used"
), deliveries as (
    select * from __dbt__cte__int_deliveries
),

submissions as (
    select
        submissions.submission_id,
        submissions.delivery_id,
        submissions.form,
        submissions.reporter_code,
        submissions.period,
        cast(case substr(submissions.period, 6)
        when 'Q1' then substr(submissions.period, 1, 4) || '-01-01'
        when 'Q2' then substr(submissions.period, 1, 4) || '-04-01'
        when 'Q3' then substr(submissions.period, 1, 4) || '-07-01'
        when 'Q4' then substr(submissions.period, 1, 4) || '-10-01'
        else submissions.period || '-01'
    end as date) as period_start,
        last_day(cast(case substr(submissions.period, 6)
        when 'Q1' then substr(submissions.period, 1, 4) || '-03-01'
        when 'Q2' then substr(submissions.period, 1, 4) || '-06-01'
        when 'Q3' then substr(submissions.period, 1, 4) || '-09-01'
        when 'Q4' then substr(submissions.period, 1, 4) || '-12-01'
        else submissions.period || '-01'
    end as date)) as period_end,
        submissions.reporter_source,
        submissions.period_source,
        submissions.sheet_reporter_code,
        submissions.sheet_period,
        submissions.sheets,
        submissions.status as landed_status,
        submissions.reason as landed_reason,
        coalesce(submissions.is_nil, false) as is_nil,
        submissions.rows_read,
        submissions.rows_used,
        -- registers accumulate: every row counts, none is replaced with its file
        submissions.form in ('V02', 'V03', 'V04') as is_register,
        deliveries.file_name,
        deliveries.path,
        deliveries.received_at,
        deliveries.received_seq,
        deliveries.is_withdrawn,
        deliveries.duplicate_of_delivery_id is not null as is_duplicate,
        -- whose and when, as far as anything says so: a rejected one may not know it itself
        coalesce(submissions.reporter_code, deliveries.reporter_code) as known_reporter_code,
        coalesce(submissions.period, deliveries.period) as known_period
    from __dbt__cte__stg_landed__submissions as submissions
    inner join deliveries
        on submissions.delivery_id = deliveries.delivery_id
),

judged as (
    select
        *,
        period_start > cast(received_at + interval 7 hours as date) as is_future,
        case
            when is_withdrawn then 'withdrawn'
            when landed_status = 'rejected' or (period_start > cast(received_at + interval 7 hours as date) and not is_register) then 'rejected'
            when is_duplicate then 'duplicate'
            else 'accepted'
        end as verdict
    from submissions
),

-- the last accepted one stands, whatever came unusable after it
ranked as (
    select
        *,
        lead(submission_id) over same_report as superseded_by_submission_id,
        lag(submission_id) over same_report as supersedes_submission_id,
        -- what was accepted since, for the same report; where it is not known which that is, at the same path
        case
            when known_reporter_code is null or known_period is null
                then max(case when verdict = 'accepted' then received_seq end) over (partition by path, form)
            else max(case when verdict = 'accepted' then received_seq end) over (partition by known_reporter_code, form, known_period)
        end as last_accepted_seq
    from judged
    window same_report as (
        partition by
            verdict = 'accepted' and not is_register,
            case when verdict <> 'accepted' or is_register then submission_id end,
            reporter_code,
            form,
            period
        order by received_seq, submission_id
    )
)

select
    submission_id,
    delivery_id,
    form,
    reporter_code,
    known_reporter_code,
    period,
    known_period,
    cast(date_trunc('month', period_end) as date) as month,
    period_start,
    period_end,
    reporter_source,
    period_source,
    sheet_reporter_code,
    sheet_period,
    sheets,
    file_name,
    path,
    received_at,
    received_seq,
    case when verdict = 'accepted' and superseded_by_submission_id is not null then 'superseded' else verdict end as verdict,
    verdict = 'accepted' as is_accepted,
    verdict = 'accepted' and superseded_by_submission_id is null as is_current,
    superseded_by_submission_id,
    supersedes_submission_id,
    -- what its findings say still holds: it stands, or it was rejected and nothing was accepted since
    case verdict
        when 'accepted' then superseded_by_submission_id is null
        when 'rejected' then coalesce(last_accepted_seq <= received_seq, true)
        else false
    end as is_standing,
    is_register,
    is_nil,
    rows_read,
    rows_used,
    case
        when verdict <> 'rejected' then null
        when not coalesce(is_future, false) then landed_reason
        when landed_reason is null then 'F04'
        when landed_reason like '%F04%' then landed_reason
        else landed_reason || ';F04'
    end as reason
from ranked
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "submission_id", "verdict", "is_current", "is_standing", "superseded_by_submission_id", "reason", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('good' as character varying)
 as "submission_id", 
    
    cast('superseded' as character varying)
 as "verdict", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(False as BOOLEAN)
 as "is_standing", 
    
    cast('better' as character varying)
 as "superseded_by_submission_id", 
    
    cast(null as character varying(256))
 as "reason"
union all
select 
    
    cast('better' as character varying)
 as "submission_id", 
    
    cast('accepted' as character varying)
 as "verdict", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(True as BOOLEAN)
 as "is_standing", 
    
    cast(null as character varying(256))
 as "superseded_by_submission_id", 
    
    cast(null as character varying(256))
 as "reason"
union all
select 
    
    cast('unusable' as character varying)
 as "submission_id", 
    
    cast('rejected' as character varying)
 as "verdict", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(True as BOOLEAN)
 as "is_standing", 
    
    cast(null as character varying(256))
 as "superseded_by_submission_id", 
    
    cast('F05' as character varying)
 as "reason"
union all
select 
    
    cast('ahead' as character varying)
 as "submission_id", 
    
    cast('rejected' as character varying)
 as "verdict", 
    
    cast(False as BOOLEAN)
 as "is_current", 
    
    cast(True as BOOLEAN)
 as "is_standing", 
    
    cast(null as character varying(256))
 as "superseded_by_submission_id", 
    
    cast('F04' as character varying)
 as "reason"
union all
select 
    
    cast('register_1' as character varying)
 as "submission_id", 
    
    cast('accepted' as character varying)
 as "verdict", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(True as BOOLEAN)
 as "is_standing", 
    
    cast(null as character varying(256))
 as "superseded_by_submission_id", 
    
    cast(null as character varying(256))
 as "reason"
union all
select 
    
    cast('register_2' as character varying)
 as "submission_id", 
    
    cast('accepted' as character varying)
 as "verdict", 
    
    cast(True as BOOLEAN)
 as "is_current", 
    
    cast(True as BOOLEAN)
 as "is_standing", 
    
    cast(null as character varying(256))
 as "superseded_by_submission_id", 
    
    cast(null as character varying(256))
 as "reason"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected