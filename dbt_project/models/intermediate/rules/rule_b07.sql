-- An officer can't be full time in two offices at a time. Names are personal: they are compared here and shown nowhere. Two people of one name
-- are in two lists quarter after quarter: what both lists said a quarter before is the matter that was told then.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

district_officers as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.period_start,
        submissions.is_current,
        submissions.received_at,
        h05.*,
        {{ folded('h05.officer_name') }} as folded_name
    from {{ ref('stg_districts__h05') }} as h05
    inner join submissions
        on h05.submission_id = submissions.submission_id
    where h05.unused_reason is null and h05.is_full_time and h05.officer_name is not null
),

seconded as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.received_at,
        s02.*,
        {{ folded('s02.officer_name') }} as folded_name
    from {{ ref('stg_departments__s02') }} as s02
    inner join submissions
        on s02.submission_id = submissions.submission_id
    where s02.unused_reason is null and s02.is_full_time and submissions.is_current
),

departments_heard as (
    select distinct period
    from seconded
),

compared as (
    select
        district_officers.*,
        departments_heard.period is not null as is_comparable,
        seconded.reporter_code as department_code,
        seconded.submission_id as seconded_submission_id,
        seconded.sheet as seconded_sheet,
        seconded.table_no as seconded_table_no,
        seconded.row_number as seconded_row_number,
        seconded.received_at as seconded_received_at
    from district_officers
    left join departments_heard
        on district_officers.period = departments_heard.period
    left join seconded
        on
            district_officers.period = seconded.period
            and district_officers.folded_name = seconded.folded_name
            -- on some day of the quarter, in both
            and coalesce(greatest(district_officers.from_date, seconded.from_date) <= least(district_officers.to_date, seconded.to_date), true)
            and coalesce(least(district_officers.to_date, seconded.to_date) >= district_officers.period_start, true)
    qualify row_number() over (
        partition by district_officers.submission_id, district_officers.sheet, district_officers.table_no, district_officers.row_number
        order by seconded.reporter_code, seconded.sheet, seconded.row_number
    ) = 1
),

checked as (
    select
        compared.*,
        case
            when not compared.is_comparable then 'no_report'
            when compared.seconded_submission_id is not null and told_before.submission_id is not null then 'told_before'
        end as obstacle
    from compared
    left join compared as told_before
        on
            compared.reporter_code = told_before.reporter_code
            and compared.folded_name = told_before.folded_name
            and compared.department_code = told_before.department_code
            and compared.period_start = {{ add_months('told_before.period_start', 3) }}
            and told_before.is_current
    qualify row_number() over (
        partition by compared.submission_id, compared.sheet, compared.table_no, compared.row_number
        order by told_before.submission_id, told_before.row_number
    ) = 1
)

select {{ rule_row('B07', {
    'outcome': outcome('case when obstacle is null then seconded_submission_id is not null end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': "'H05'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'field': "'officer_name'",
    'item_key': 'folded_name',
    'value': 'officer_name',
    'is_personal': 'true',
    'related_submission_id': 'seconded_submission_id',
    'related_sheet': 'seconded_sheet',
    'related_table_no': 'seconded_table_no',
    'related_row_number': 'seconded_row_number',
    'related_field': "'officer_name'",
    'related_value': 'department_code',
    'related_kind': "'reporter'",
    'detected_at': 'greatest(received_at, seconded_received_at)'
}) }}
from checked
