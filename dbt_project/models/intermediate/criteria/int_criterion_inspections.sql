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
    select * from {{ ref('int_criterion_reports') }}
)

select
    inspections.inspected_on,
    inspections.commune_code,
    inspections.criterion_no,
    submissions.submission_id,
    inspections.is_confirmed,
    coalesce(
        inspections.observed_mark,
        case
            when inspections.is_confirmed then coalesce(inspections.reported_mark, reports.reported_status)
            when not inspections.is_confirmed then {{ opposite_mark('coalesce(inspections.reported_mark, reports.reported_status)') }}
        end
    ) as status
from inspections
inner join submissions
    on inspections.submission_id = submissions.submission_id
left join reports
    on
        cast(date_trunc('month', inspections.inspected_on) as date) = reports.month
        and inspections.commune_code = reports.commune_code
        and inspections.criterion_no = reports.criterion_no
where inspections.criterion_no is not null
qualify
    row_number() over (
        partition by inspections.inspected_on, inspections.commune_code, inspections.criterion_no
        order by submissions.month desc, submissions.submission_id desc, inspections.row_number desc
    ) = 1
