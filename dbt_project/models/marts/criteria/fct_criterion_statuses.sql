-- All that goes from month to month or from quarter to quarter is worked out with the criteria of a commune side by side; they become rows last.
with reports as (
    select * from {{ ref('int_commune_reports') }}
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
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
        {% for number in criterion_numbers() %}
        {{ last_known('criterion_' ~ number) }} over history_so_far as latest_{{ number }},
        {{ last_known('case when criterion_' ~ number ~ ' is not null then month end') }} over history_so_far as latest_month_{{ number }},
        lag(criterion_{{ number }}) over history as before_{{ number }},
        {% endfor %}
        lag(month) over history = {{ add_months('month', '-1') }} as is_month_before_there
    from reports
    window
        history as (
            partition by commune_code, criteria_set_id, continuous_since_on order by month
        ),
        history_so_far as (
            partition by commune_code, criteria_set_id, continuous_since_on order by month
            rows between unbounded preceding and current row
        )
),

-- the newest quarter that the department spoke of, and what it last could be read to say
judged as (
    select
        histories.*,
        windows.window_start,
        {% for number in criterion_numbers() %}
        case when newest.submission_{{ number }} is not null then newest.verdict_{{ number }} else previous.verdict_{{ number }} end as verified_{{ number }},
        coalesce(newest.submission_{{ number }}, previous.submission_{{ number }}) as verified_by_{{ number }},
        coalesce(newest.verdict_{{ number }}, previous.verdict_{{ number }}) as department_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from histories
    inner join windows
        on histories.month = windows.month
    left join verdicts as newest
        on
            windows.quarter_month = newest.month
            and histories.commune_code = newest.commune_code
            and histories.criteria_set_id = newest.criteria_set_id
            and histories.continuous_since_on <= last_day(newest.month)
    left join verdicts as previous
        on
            windows.previous_quarter_month = previous.month
            and histories.commune_code = previous.commune_code
            and histories.criteria_set_id = previous.criteria_set_id
            and histories.continuous_since_on <= last_day(previous.month)
),

by_criterion as (
    select *
    from judged
    unpivot include nulls (
        (reported_status, column_letter, latest_status, latest_month, before_status, verified_status, verified_submission_id, department_status)
        for field in (
            {% for number in criterion_numbers() %}
            (criterion_{{ number }}, letter_{{ number }}, latest_{{ number }}, latest_month_{{ number }}, before_{{ number }}, verified_{{ number }}, verified_by_{{ number }}, department_{{ number }}) as 'criterion_{{ number }}'{{ "," if not loop.last }}
            {% endfor %}
        )
    )
),

sources as (
    select
        by_criterion.*,
        criteria.criterion_no,
        inspected.status as inspected_status,
        case when by_criterion.latest_month >= by_criterion.window_start then by_criterion.latest_status end as district_status
    from by_criterion
    inner join criteria
        on by_criterion.month = criteria.month and by_criterion.field = 'criterion_' || cast(criteria.criterion_no as varchar)
    left join inspected
        on
            by_criterion.month = inspected.month
            and by_criterion.commune_code = inspected.commune_code
            and criteria.criterion_no = inspected.criterion_no
            and by_criterion.continuous_since_on <= inspected.inspected_on
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
    case
        when reported_status is not null then 'reported'
        when is_row_used and case when unreadable_fields is null then true else not {{ is_unreadable('field') }} end then 'blank'
        when row_number is not null then 'unreadable'
        when submission_id is not null then 'row_absent'
        when obligation_status in ('missing', 'rejected_only') then 'report_missing'
        else 'not_due'
    end as reported_state,
    coalesce(reported_status <> verified_status, false) as is_disputed,
    case when row_number is not null then submission_id end as reported_submission_id,
    sheet as reported_sheet,
    column_letter || cast(row_number as varchar) as reported_cell,
    verified_submission_id,
    latest_status,
    latest_month,
    case when is_month_before_there then before_status end as previous_status,
    is_row_used
from sources
