-- What each rule came to per report: failed before passed before not evaluated, over what stands. A rule that could not run says why.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

deliveries as (
    select * from {{ ref('int_deliveries') }}
),

compared as (
    select
        evaluated_rows.rule_id,
        evaluated_rows.reporter_code,
        evaluated_rows.form,
        evaluated_rows.period,
        evaluated_rows.outcome,
        evaluated_rows.outcome_reason as reason,
        case when evaluated_rows.outcome <> 'not_evaluated' then evaluated_rows.rows_alike else 0 end as rows_evaluated
    from {{ ref('evaluated_rows') }} as evaluated_rows
    left join submissions
        on evaluated_rows.submission_id = submissions.submission_id
    where coalesce(submissions.is_standing, true)
),

read_by_intake as (
    select
        evaluations.rule_id,
        coalesce(submissions.known_reporter_code, deliveries.reporter_code) as reporter_code,
        submissions.form,
        coalesce(submissions.known_period, deliveries.period) as period,
        case when evaluations.failed > 0 then 'failed' when evaluations.evaluated > 0 then 'passed' else 'not_evaluated' end as outcome,
        evaluations.not_evaluated_reason as reason,
        evaluations.evaluated as rows_evaluated
    from {{ ref('stg_landed__evaluations') }} as evaluations
    inner join deliveries
        on evaluations.delivery_id = deliveries.delivery_id
    left join submissions
        on evaluations.submission_id = submissions.submission_id
    where coalesce(submissions.is_standing, deliveries.status not in ('duplicate', 'withdrawn'))
),

united as (
    select * from compared
    union all
    select * from read_by_intake
),

ran as (
    select
        rule_id,
        reporter_code,
        form,
        period,
        case
            when bool_or(outcome = 'failed') then 'failed'
            when bool_or(outcome = 'passed') then 'passed'
            else 'not_evaluated'
        end as outcome,
        min(case when reason <> 'nothing_to_compare' then reason end) as own_reason,
        min(reason) as any_reason,
        sum(rows_evaluated) as rows_evaluated
    from united
    group by rule_id, reporter_code, form, period
),

rules_of_forms as (
    select
        forms.form,
        rules.rule_id
    from (select distinct form from {{ ref('int_obligations') }}) as forms
    inner join {{ ref('stg_reference__rules') }} as rules
        on {{ in_list('forms.form', 'rules.forms') }}
),

-- so that a rule which did not run for want of a report never looks green
owed as (
    select
        rules_of_forms.rule_id,
        obligations.reporter_code,
        obligations.form,
        obligations.period,
        case
            when obligations.submission_id is not null then null
            when obligations.status in ('not_yet_due', 'excused') then obligations.status
            else 'no_report'
        end as reason
    from {{ ref('int_obligations') }} as obligations
    inner join rules_of_forms
        on obligations.form = rules_of_forms.form
),

-- one row per rule, reporter, form and period, whether it ran or was owed; what was owed has all four
grouped as (
    select
        coalesce(ran.rule_id, owed.rule_id) as rule_id,
        coalesce(ran.reporter_code, owed.reporter_code) as reporter_code,
        coalesce(ran.form, owed.form) as form,
        coalesce(ran.period, owed.period) as period,
        coalesce(ran.outcome, 'not_evaluated') as outcome,
        -- a reason given by the rule itself says more than that there was nothing
        coalesce(least(ran.own_reason, owed.reason), ran.any_reason, case when owed.rule_id is not null then 'nothing_to_compare' end) as reason,
        coalesce(ran.rows_evaluated, 0) as rows_evaluated
    from ran
    full outer join owed
        on
            ran.rule_id = owed.rule_id
            and ran.reporter_code = owed.reporter_code
            and ran.form = owed.form
            and ran.period = owed.period
),

findings as (
    select
        rule_id,
        reporter_code,
        form,
        period,
        count(distinct finding_id) as findings
    from {{ ref('finding_instances') }}
    where is_standing
    group by rule_id, reporter_code, form, period
)

select
    grouped.rule_id,
    grouped.reporter_code,
    grouped.form,
    grouped.period,
    case when findings.findings > 0 then 'failed' else grouped.outcome end as outcome,
    case when grouped.outcome = 'not_evaluated' and findings.findings is null then grouped.reason end as reason,
    cast(grouped.rows_evaluated as integer) as rows_evaluated,
    cast(coalesce(findings.findings, 0) as integer) as findings
from grouped
left join findings
    on
        grouped.rule_id = findings.rule_id
        and grouped.reporter_code is not distinct from findings.reporter_code
        and grouped.form is not distinct from findings.form
        and grouped.period is not distinct from findings.period
