-- An officer can't be full time in two offices. Names are personal: they are compared here and shown nowhere.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

district_officers as (
    select
        submissions.reporter_code,
        submissions.period,
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
        seconded.officer_name as seconded_name,
        seconded.received_at as seconded_received_at
    from district_officers
    left join departments_heard
        on district_officers.period = departments_heard.period
    left join seconded
        on
            district_officers.period = seconded.period
            and district_officers.folded_name = seconded.folded_name
    qualify row_number() over (
        partition by district_officers.submission_id, district_officers.sheet, district_officers.table_no, district_officers.row_number
        order by seconded.reporter_code, seconded.sheet, seconded.row_number
    ) = 1
)

select {{ rule_row('B07', {
    'outcome': outcome('case when is_comparable then seconded_submission_id is not null end'),
    'outcome_reason': "case when not is_comparable then 'no_report' end",
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
from compared
