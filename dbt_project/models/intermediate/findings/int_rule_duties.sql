-- Which rules are to look at which report that is owed, so that one which did not run for want of a report never looks green.
with obligations as (
    select * from {{ ref('int_obligations') }}
),

rules as (
    select * from {{ ref('stg_reference__rules') }}
),

rules_of_forms as (
    select
        forms.form,
        rules.rule_id
    from (select distinct obligations.form from obligations) as forms
    inner join rules
        on {{ in_list('forms.form', 'rules.forms') }}
)

select
    rules_of_forms.rule_id,
    obligations.reporter_code,
    obligations.form,
    obligations.period,
    case
        when obligations.submission_id is not null then null
        when obligations.status in ('not_yet_due', 'excused', 'held') then obligations.status
        else 'no_report'
    end as reason
from obligations
inner join rules_of_forms
    on obligations.form = rules_of_forms.form
