-- Every row of targets.csv that holds at some month's end is measured: its level and unit are ones that int_target_measures knows.
-- One that is not has no row in target_progress, rather than a wrong one. A target for units of a level of which none owes a report in the month
-- (districts, where there are none) is asked of nobody.
{{ config(severity='warn', group='warehouse', meta={
    'vi': '{failed} dòng của targets.csv không tính được',
    'en': "{failed} rows of targets.csv can't be measured",
}) }}
with asked as (
    select distinct
        obligations.month,
        reporters.reporter_type as level
    from {{ ref('obligations') }} as obligations
    inner join {{ ref('dim_reporters') }} as reporters
        on obligations.reporter_code = reporters.reporter_code
    union all
    select
        months.month,
        levels.level
    from {{ ref('dim_months') }} as months
    cross join (
        select 'province' as level
        union all
        select 'reporter' as level
    ) as levels
)

select distinct
    targets.target_id,
    targets.level,
    targets.operator,
    targets.unit,
    targets.target_value
from {{ ref('int_targets') }} as targets
inner join {{ ref('dim_months') }} as months
    on {{ is_valid_on('months.month_end', 'targets') }}
inner join asked
    on months.month = asked.month and targets.level = asked.level
left join {{ ref('target_progress') }} as progress
    on targets.target_id = progress.target_id and months.month = progress.month
where progress.target_id is null
