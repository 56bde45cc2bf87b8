-- Every row of targets.csv is measured: its id, level and unit are ones that int_target_measures knows, its operator '>=' or '<='.
-- One that is not has no row in target_progress, rather than a wrong one.
{{ config(severity='warn', meta={
    'vi': '{failed} dòng của targets.csv không tính được',
    'en': "{failed} rows of targets.csv can't be measured",
}) }}
select
    targets.target_id,
    targets.level,
    targets.operator,
    targets.unit,
    targets.target_value
from {{ ref('stg_reference__targets') }} as targets
where
    targets.target_id not in (select progress.target_id from {{ ref('target_progress') }} as progress)
    or coalesce(targets.operator, '') not in ('>=', '<=')
    or targets.target_value is null
