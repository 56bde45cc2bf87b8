with verdicts as (
    select * from {{ ref('int_submission_verdicts') }}
),

duties as (
    select * from {{ ref('int_reporting_duties') }}
),

findings as (
    select
        submission_id,
        count(distinct case when severity = 'error' then finding_id end) as findings_error,
        count(distinct case when severity = 'warning' then finding_id end) as findings_warning,
        bool_or(
            severity in ('error', 'warning') and substr(rule_id, 1, 1) in ('F', 'R', 'E', 'K') and not {{ is_about_office('rule_id') }}
        ) as has_own_findings
    from {{ ref('finding_instances') }}
    where submission_id is not null
    group by submission_id
),

owed as (
    select distinct verdicts.submission_id
    from verdicts
    inner join duties
        on
            verdicts.reporter_code = duties.reporter_code
            and verdicts.form = duties.form
            and {{ is_valid_on('verdicts.period_end', 'duties') }}
            and duties.frequency = verdicts.every
)

select
    verdicts.submission_id,
    verdicts.delivery_id,
    verdicts.file_name,
    verdicts.sheets,
    verdicts.form,
    verdicts.reporter_code,
    verdicts.period,
    verdicts.received_at,
    case when verdicts.verdict = 'accepted' and findings.has_own_findings then 'accepted_with_findings' else verdicts.verdict end as status,
    case when not verdicts.is_register then owed.submission_id is not null end as is_expected,
    verdicts.reason,
    cast(verdicts.rows_read as integer) as rows_read,
    cast(verdicts.rows_used as integer) as rows_used,
    cast(coalesce(findings.findings_error, 0) as integer) as findings_error,
    cast(coalesce(findings.findings_warning, 0) as integer) as findings_warning,
    verdicts.is_nil,
    verdicts.superseded_by_submission_id
from verdicts
left join owed
    on verdicts.submission_id = owed.submission_id
left join findings
    on verdicts.submission_id = findings.submission_id
