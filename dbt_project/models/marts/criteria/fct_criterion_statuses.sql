with reports as (
    select * from {{ ref('int_commune_criteria') }}
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

by_criterion as (
    select *
    from reports
    unpivot include nulls (
        (
            reported_status, column_letter, latest_status, latest_month, previous_status, verified_status, verified_submission_id,
            inspected_status, department_status, district_status
        )
        for field in (
            {% for number in criterion_numbers() %}
            (
                criterion_{{ number }}, letter_{{ number }}, latest_{{ number }}, latest_month_{{ number }}, previous_{{ number }}, verified_{{ number }}, verified_by_{{ number }},
                inspected_{{ number }}, department_{{ number }}, district_{{ number }}
            ) as criterion_{{ number }}{{ "," if not loop.last }}
            {% endfor %}
        )
    )
)

select
    by_criterion.month,
    by_criterion.commune_code,
    cast(criteria.criterion_no as integer) as criterion_no,
    by_criterion.criteria_set_id,
    by_criterion.district_code,
    by_criterion.reported_status,
    by_criterion.verified_status,
    by_criterion.inspected_status,
    {{ official_status('by_criterion.inspected_status', 'by_criterion.department_status', 'by_criterion.district_status') }} as official_status,
    case
        when by_criterion.inspected_status is not null then 'inspection'
        when by_criterion.department_status is not null then 'department'
        when by_criterion.district_status is not null then 'district'
    end as official_source,
    case
        when by_criterion.reported_status is not null then 'reported'
        when
            by_criterion.is_row_used
            and case when by_criterion.unreadable_fields is null then true else not {{ is_unreadable('by_criterion.field') }} end
            then 'blank'
        when by_criterion.row_number is not null then 'unreadable'
        when by_criterion.submission_id is not null then 'row_absent'
        when by_criterion.obligation_status in ('missing', 'rejected_only', 'held') then 'report_missing'
        else 'not_due'
    end as reported_state,
    coalesce(by_criterion.reported_status <> by_criterion.verified_status, false) as is_disputed,
    case when by_criterion.row_number is not null then by_criterion.submission_id end as reported_submission_id,
    by_criterion.sheet as reported_sheet,
    by_criterion.column_letter || cast(by_criterion.row_number as string) as reported_cell,
    by_criterion.verified_submission_id,
    by_criterion.latest_status,
    by_criterion.latest_month,
    by_criterion.previous_status,
    by_criterion.is_row_used
from by_criterion
inner join criteria
    on by_criterion.month = criteria.month and by_criterion.field = 'criterion_' || cast(criteria.criterion_no as string)
