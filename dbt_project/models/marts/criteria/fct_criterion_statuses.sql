with reports as (
    select * from {{ ref('int_criterion_reports') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

verdicts as (
    select * from {{ ref('int_department_verdicts') }}
),

inspections as (
    select * from {{ ref('int_criterion_inspections') }} where status is not null
),

-- the newest inspection of the month's quarter or the one before
inspected as (
    select
        windows.month,
        inspections.commune_code,
        inspections.criterion_no,
        inspections.inspected_on,
        inspections.status
    from inspections
    inner join windows
        on inspections.inspected_on >= windows.window_start and inspections.inspected_on <= windows.month_end
    qualify
        row_number() over (
            partition by windows.month, inspections.commune_code, inspections.criterion_no order by inspections.inspected_on desc
        ) = 1
),

-- a history runs with the commune's code within one criteria set, and never over a merger, split or abolition
histories as (
    select
        *,
        {{ last_known('reported_status') }} over history_so_far as latest_status,
        max(case when reported_status is not null then month end) over history_so_far as latest_month,
        lag(month) over history as row_before_month,
        lag(reported_status) over history as row_before_status
    from reports
    window
        history as (
            partition by commune_code, criterion_no, criteria_set_id, continuous_since_on order by month
        ),
        history_so_far as (
            partition by commune_code, criterion_no, criteria_set_id, continuous_since_on order by month
            rows between unbounded preceding and current row
        )
),

sources as (
    select
        histories.month,
        histories.commune_code,
        histories.criterion_no,
        histories.criteria_set_id,
        histories.district_code,
        histories.reported_status,
        histories.reported_state,
        histories.reported_submission_id,
        histories.reported_sheet,
        histories.reported_cell,
        histories.latest_status,
        histories.latest_month,
        case when histories.row_before_month = {{ add_months('histories.month', '-1') }} then histories.row_before_status end as previous_status,
        histories.is_row_used,
        case when newest.commune_code is not null then newest.status else previous.status end as verified_status,
        case when newest.commune_code is not null then newest.submission_id else previous.submission_id end as verified_submission_id,
        coalesce(newest.status, previous.status) as department_status,
        inspected.status as inspected_status,
        case when histories.latest_month >= windows.window_start then histories.latest_status end as district_status
    from histories
    inner join windows
        on histories.month = windows.month
    left join verdicts as newest
        on
            windows.quarter_month = newest.month
            and histories.commune_code = newest.commune_code
            and histories.criterion_no = newest.criterion_no
            and histories.criteria_set_id = newest.criteria_set_id
            and histories.continuous_since_on <= last_day(newest.month)
    left join verdicts as previous
        on
            windows.previous_quarter_month = previous.month
            and histories.commune_code = previous.commune_code
            and histories.criterion_no = previous.criterion_no
            and histories.criteria_set_id = previous.criteria_set_id
            and histories.continuous_since_on <= last_day(previous.month)
    left join inspected
        on
            histories.month = inspected.month
            and histories.commune_code = inspected.commune_code
            and histories.criterion_no = inspected.criterion_no
            and histories.continuous_since_on <= inspected.inspected_on
)

select
    month,
    commune_code,
    cast(criterion_no as integer) as criterion_no,
    criteria_set_id,
    district_code,
    reported_status,
    verified_status,
    inspected_status,
    coalesce(inspected_status, department_status, district_status) as official_status,
    case
        when inspected_status is not null then 'inspection'
        when department_status is not null then 'department'
        when district_status is not null then 'district'
    end as official_source,
    reported_state,
    coalesce(reported_status <> verified_status, false) as is_disputed,
    reported_submission_id,
    reported_sheet,
    reported_cell,
    verified_submission_id,
    latest_status,
    latest_month,
    previous_status,
    is_row_used
from sources
