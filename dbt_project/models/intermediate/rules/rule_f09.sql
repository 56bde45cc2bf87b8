-- The register and the folder name the same files. Registers (V02–V05) stand in no register; without any register one info says so.
with deliveries as (
    select * from {{ ref('int_deliveries') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

register_rows as (
    select * from {{ ref('int_register_rows') }}
),

register as (
    select count(*) > 0 as is_there
    from register_rows
),

-- a finding about a file stands once per submission in it
files as (
    select
        deliveries.delivery_id,
        submissions.submission_id,
        coalesce(submissions.reporter_code, deliveries.reporter_code) as reporter_code,
        submissions.form,
        coalesce(submissions.period, deliveries.period) as period,
        submissions.sheets,
        deliveries.path,
        deliveries.received_at,
        deliveries.is_in_register
    from deliveries
    left join submissions
        on deliveries.delivery_id = submissions.delivery_id
    where not coalesce(submissions.is_register, false)
),

looked_at as (
    select
        'no_entry' as variant,
        files.delivery_id,
        files.submission_id,
        files.reporter_code,
        files.form,
        files.period,
        files.sheets,
        files.path as file,
        files.received_at as detected_at,
        not files.is_in_register as is_failed
    from files
    cross join register
    where register.is_there
    union all
    select
        'no_file' as variant,
        null as delivery_id,
        null as submission_id,
        max(sender_code) as reporter_code,
        null as form,
        max(period) as period,
        null as sheets,
        file_name as file,
        min(received_at) as detected_at,
        true as is_failed
    from register_rows
    where matched_path is null
    group by file_name
    union all
    select
        'no_register' as variant,
        null as delivery_id,
        null as submission_id,
        null as reporter_code,
        null as form,
        null as period,
        null as sheets,
        '.' as file,
        min(files.received_at) as detected_at,
        true as is_failed
    from files
    cross join register
    where not register.is_there
    having count(*) > 0
)

select {{ rule_row('F09', {
    'variant': 'variant',
    'outcome': outcome('is_failed'),
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'delivery_id': 'delivery_id',
    'file': 'file',
    'sheet': 'sheets',
    'value': 'file',
    'detected_at': 'detected_at'
}) }}
from looked_at
