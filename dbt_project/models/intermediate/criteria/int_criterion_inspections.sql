-- What inspectors found of a criterion on the spot: one row per day, commune and criterion.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

inspections as (
    select
        submission_id,
        inspected_on,
        commune_code,
        try_cast(item as integer) as criterion_no,
        {{ mark_from_text('reported_value') }} as reported_mark,
        {{ mark_from_text('observed_value') }} as observed_mark,
        is_confirmed,
        row_number
    from {{ ref('stg_office__v01') }}
    where item_kind = 'criterion' and unused_reason is null and commune_code is not null and inspected_on is not null
),

reports as (
    select * from {{ ref('int_commune_reports') }}
),

reported as (
    select
        inspections.*,
        {{ of_criterion('reports.criterion', 'inspections.criterion_no') }} as reported_status
    from inspections
    left join reports
        on cast(date_trunc('month', inspections.inspected_on) as date) = reports.month and inspections.commune_code = reports.commune_code
)

select
    reported.inspected_on,
    reported.commune_code,
    reported.criterion_no,
    submissions.submission_id,
    reported.is_confirmed,
    coalesce(
        reported.observed_mark,
        case
            when reported.is_confirmed then coalesce(reported.reported_mark, reported.reported_status)
            when not reported.is_confirmed then {{ opposite_mark('coalesce(reported.reported_mark, reported.reported_status)') }}
        end
    ) as status
from reported
inner join submissions
    on reported.submission_id = submissions.submission_id
where reported.criterion_no is not null
qualify
    row_number() over (
        partition by reported.inspected_on, reported.commune_code, reported.criterion_no
        order by submissions.month desc, submissions.submission_id desc, reported.row_number desc
    ) = 1
