select
    rule_id as id,
    severity,
    description_vi,
    description_en,
    forms
from {{ ref('stg_reference__rules') }}
