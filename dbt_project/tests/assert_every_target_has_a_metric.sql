-- Every row of targets.csv that holds at some month's end is measured: its level and unit are ones that int_target_measures knows.
-- One that is not has no row in target_progress, rather than a wrong one.
{{ config(severity='warn', meta={
    'vi': '{failed} dòng của targets.csv không tính được',
    'en': "{failed} rows of targets.csv can't be measured",
}) }}
select distinct
    targets.target_id,
    targets.level,
    targets.operator,
    targets.unit,
    targets.target_value
from {{ ref('stg_reference__targets') }} as targets
inner join {{ ref('dim_months') }} as months
    on {{ is_valid_on('months.month_end', 'targets') }}
left join {{ ref('target_progress') }} as progress
    on targets.target_id = progress.target_id and months.month = progress.month
where progress.target_id is null
