with rules as (
    select * from {{ ref('stg_reference__rules') }}
),

forms_looked_at as (
    select
        rule_id,
        {{ joined_text('form', ';', 'form') }} as forms
    from {{ ref('stg_landed__rule_forms') }}
    group by rule_id
)

select
    rules.rule_id as id,
    rules.severity,
    rules.description_vi,
    rules.description_en,
    forms_looked_at.forms
from rules
left join forms_looked_at
    on rules.rule_id = forms_looked_at.rule_id
