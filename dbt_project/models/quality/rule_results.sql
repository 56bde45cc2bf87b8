-- What each rule came to per report: failed before passed before not evaluated, over what stands. A rule that could not run says why.
with ran as (
    select * from {{ ref('int_rule_runs') }}
),

owed as (
    select * from {{ ref('int_rule_duties') }}
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
