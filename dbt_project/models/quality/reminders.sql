-- What to ask of whom: a missing report is a finding that is open, so one whose explanation was accepted is asked for no more; so is one that is
-- held, which the Office has to decide about.
with missing as (
    select *
    from {{ ref('findings') }}
    where rule_id in ('D01', 'D03', 'F15') and state = 'open'
    qualify row_number() over (partition by reporter_code, form, period order by detected_at desc, finding_id) = 1
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

contacts as (
    select distinct reporter_code
    from {{ ref('stg_reference__contacts') }}
    where coalesce(contact_name, email, phone) is not null
)

select
    obligations.reporter_code,
    reporters.name_vi as reporter_name,
    obligations.form,
    obligations.period,
    case when missing.rule_id = 'F15' then 'held' else obligations.status end as status,
    obligations.due_on,
    case when missing.rule_id <> 'F15' then {{ add_days('obligations.due_on', 1) }} end as missing_since_on,
    cast(obligations.days_overdue as integer) as days_overdue,
    contacts.reporter_code is not null as has_contact,
    missing.message_vi,
    missing.message_en,
    missing.finding_id,
    obligations.month
from missing
inner join obligations
    on
        missing.reporter_code = obligations.reporter_code
        and missing.form = obligations.form
        and missing.period = obligations.period
inner join reporters
    on
        obligations.reporter_code = reporters.reporter_code
        and {{ is_valid_on('obligations.period_end', 'reporters') }}
left join contacts
    on obligations.reporter_code = contacts.reporter_code
