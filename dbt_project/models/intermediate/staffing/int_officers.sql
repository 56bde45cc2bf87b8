-- Officers in post on the quarter's last day, counted: no name goes further than this.
with submissions as (
    select * from {{ ref('int_obligations') }} where form in ('H05', 'S02') and submission_id is not null
),

officers as (
    select
        submission_id,
        field,
        is_full_time,
        from_date,
        to_date
    from {{ ref('stg_districts__h05') }}
    where unused_reason is null
    union all
    select
        submission_id,
        field,
        is_full_time,
        from_date,
        to_date
    from {{ ref('stg_departments__s02') }}
    where unused_reason is null
)

select
    submissions.period,
    submissions.month,
    submissions.form,
    submissions.reporter_code as office_code,
    submissions.submission_id,
    lower(trim(officers.field)) as field,
    officers.is_full_time,
    count(officers.submission_id) as officers
from submissions
left join officers
    on
        submissions.submission_id = officers.submission_id
        and coalesce(officers.from_date, submissions.period_end) <= submissions.period_end
        and coalesce(officers.to_date, submissions.period_end) >= submissions.period_end
group by
    submissions.period,
    submissions.month,
    submissions.form,
    submissions.reporter_code,
    submissions.submission_id,
    lower(trim(officers.field)),
    officers.is_full_time
