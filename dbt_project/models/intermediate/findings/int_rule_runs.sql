-- What each rule came to where it ran, over what stands: failed before passed before not evaluated.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

deliveries as (
    select * from {{ ref('int_deliveries') }}
),

evaluated_rows as (
    select * from {{ ref('evaluated_rows') }}
    {% for rule_id in rules_about_findings() %}
    union all
    select {{ rule_columns().keys() | join(", ") }} from {{ ref('rule_' ~ rule_id | lower) }}
    {% endfor %}
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
    from evaluated_rows
    left join submissions
        on evaluated_rows.submission_id = submissions.submission_id
    where coalesce(submissions.is_standing, true) or (evaluated_rows.rule_id = 'F15' and submissions.is_asked_about)
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
    where coalesce(submissions.is_standing, deliveries.status not in ('duplicate', 'withdrawn', 'left_out'))
),

united as (
    select * from compared
    union all
    select * from read_by_intake
)

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
