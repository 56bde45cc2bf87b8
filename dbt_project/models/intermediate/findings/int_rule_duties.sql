-- Which rules are to look at which report that is owed, so that one which did not run for want of a report never looks green.
with obligations as (
    select * from {{ ref('int_obligations') }}
),

rule_forms as (
    select * from {{ ref('stg_landed__rule_forms') }}
)

select
    rule_forms.rule_id,
    obligations.reporter_code,
    obligations.form,
    obligations.period,
    case
        when obligations.submission_id is not null then null
        when obligations.status in ('not_yet_due', 'excused', 'held') then obligations.status
        else 'no_report'
    end as reason
from obligations
inner join rule_forms
    on obligations.form = rule_forms.form
