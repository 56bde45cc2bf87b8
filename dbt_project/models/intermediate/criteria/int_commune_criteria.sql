-- All that goes from month to month or from quarter to quarter, with the criteria of a commune side by side: what the district says now, said last
-- and said before; what the departments and the inspectors found; and which of them is official.
with reports as (
    select * from {{ ref('int_commune_reports') }}
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

-- the newest inspection of the month's quarter or the one before; of an earlier set, the same number is another criterion
newest_inspections as (
    select
        reports.month,
        reports.commune_code,
        inspections.criterion_no,
        inspections.status
    from inspections
    inner join windows
        on inspections.inspected_on >= windows.window_start_on and inspections.inspected_on <= windows.month_end
    inner join reports
        on
            windows.month = reports.month
            and inspections.commune_code = reports.commune_code
            and inspections.inspected_on >= reports.continuous_since_on
            and inspections.inspected_on >= reports.criteria_set_since_on
    qualify
        row_number() over (
            partition by reports.month, inspections.commune_code, inspections.criterion_no order by inspections.inspected_on desc
        ) = 1
),

inspected as (
    select
        month,
        commune_code,
        {% for number in criterion_numbers() %}
        max(case when criterion_no = {{ number }} then status end) as status_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from newest_inspections
    group by month, commune_code
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
        coalesce(newest.verdict_{{ number }}, previous.verdict_{{ number }}) as department_{{ number }},
        inspected.status_{{ number }} as inspected_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from histories
    inner join windows
        on histories.month = windows.month
    left join verdicts as newest
        on
            windows.quarter_month = newest.month
            and histories.commune_code = newest.commune_code
            and histories.criteria_set_id = newest.criteria_set_id
            and histories.continuous_since_on <= newest.month_end
    left join verdicts as previous
        on
            windows.previous_quarter_month = previous.month
            and histories.commune_code = previous.commune_code
            and histories.criteria_set_id = previous.criteria_set_id
            and histories.continuous_since_on <= previous.month_end
    left join inspected
        on histories.month = inspected.month and histories.commune_code = inspected.commune_code
)

select
    month,
    commune_code,
    district_code,
    continuous_since_on,
    criteria_set_id,
    criteria_total,
    criteria_given,
    submission_id,
    obligation_status,
    sheet,
    row_number,
    unreadable_fields,
    is_row_used,
    {% for number in criterion_numbers() %}
    criterion_{{ number }},
    letter_{{ number }},
    latest_{{ number }},
    latest_month_{{ number }},
    case when is_month_before_there then before_{{ number }} end as previous_{{ number }},
    verified_{{ number }},
    verified_by_{{ number }},
    department_{{ number }},
    inspected_{{ number }},
    case when latest_month_{{ number }} >= window_start then latest_{{ number }} end as district_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from judged
