-- What inspectors found of a criterion on the spot: one row per day, commune and criterion.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

mark_words as (
    select * from {{ ref('stg_landed__mark_words') }}
),

inspections as (
    select
        v01.submission_id,
        v01.inspected_on,
        v01.commune_code,
        try_cast(v01.item as integer) as criterion_no,
        reported.mark as reported_mark,
        observed.mark as observed_mark,
        v01.is_confirmed,
        v01.row_number,
        {{ month_of_day('v01.inspected_on') }} as month
    from {{ ref('stg_office__v01') }} as v01
    {{ join_month_of_day('v01.inspected_on') }}
    left join mark_words as reported
        on {{ mark_word('v01.reported_value') }} = reported.word
    left join mark_words as observed
        on {{ mark_word('v01.observed_value') }} = observed.word
    where
        v01.item_kind = 'criterion'
        and v01.unused_reason is null
        and v01.commune_code is not null
        and v01.inspected_on is not null
),

reports as (
    select * from {{ ref('int_commune_reports') }}
),

reported as (
    select
        inspections.*,
        {{ criterion_value('reports.criterion', 'inspections.criterion_no') }} as reported_status
    from inspections
    left join reports
        on inspections.month = reports.month and inspections.commune_code = reports.commune_code
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
