-- What to ask of whom: a missing report is a finding that is open, so one whose explanation was accepted is asked for no more; so is one that is
-- held, which the Office has to decide about.
with rules as (
    select * from {{ ref('stg_reference__rules') }}
),

asked as (
    select
        findings.*,
        rules.asks_for
    from {{ ref('findings') }} as findings
    inner join rules
        on findings.rule_id = rules.rule_id
    where rules.asks_for is not null and findings.state = 'open'
    qualify row_number() over (
        partition by findings.reporter_code, findings.form, findings.period
        order by findings.detected_at desc, findings.finding_id
    ) = 1
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
    case when asked.asks_for = 'decision' then 'held' else obligations.status end as status,
    obligations.due_on,
    case when asked.asks_for = 'report' then {{ add_days('obligations.due_on', 1) }} end as missing_since_on,
    cast(obligations.days_overdue as integer) as days_overdue,
    contacts.reporter_code is not null as has_contact,
    asked.message_vi,
    asked.message_en,
    asked.finding_id,
    obligations.month
from asked
inner join obligations
    on
        asked.reporter_code = obligations.reporter_code
        and asked.form = obligations.form
        and asked.period = obligations.period
inner join reporters
    on
        obligations.reporter_code = reporters.reporter_code
        and {{ is_valid_on('obligations.period_end', 'reporters') }}
left join contacts
    on obligations.reporter_code = contacts.reporter_code
