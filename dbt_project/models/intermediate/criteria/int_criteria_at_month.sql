with months as (
    select * from {{ ref('int_months') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
),

criteria as (
    select * from {{ ref('stg_reference__criteria') }}
)

select
    months.month,
    months.month_end,
    criteria_sets.criteria_set_id,
    criteria_sets.criteria_total,
    criteria_sets.valid_from as criteria_set_since_on,
    criteria.criterion_no,
    criteria.responsible_reporter_code
from months
inner join criteria_sets
    on criteria_sets.is_commune_set and {{ is_valid_on('months.month_end', 'criteria_sets') }}
inner join criteria
    on criteria_sets.criteria_set_id = criteria.criteria_set_id
