with criteria as (
    select * from {{ ref('stg_reference__criteria') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
)

select
    criteria.criteria_set_id,
    criteria.criterion_no,
    criteria.name_vi as criterion_name,
    criteria.name_en as criterion_name_en,
    criteria.group_no,
    criteria.group_vi as group_name,
    criteria.group_en as group_name_en,
    criteria.indicators,
    criteria.responsible_reporter_code,
    criteria_sets.title_vi as criteria_set_title,
    criteria_sets.document as criteria_set_document,
    criteria_sets.is_commune_set,
    {{ open_start('criteria_sets.valid_from') }} as valid_from,
    {{ open_end('criteria_sets.valid_to') }} as valid_to,
    criteria.source,
    criteria.confidence
from criteria
inner join criteria_sets
    on criteria.criteria_set_id = criteria_sets.criteria_set_id
