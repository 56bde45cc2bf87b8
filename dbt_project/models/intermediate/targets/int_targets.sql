-- What the office is asked for: nothing whose deadline was over before its history begins.
with targets as (
    select * from {{ ref('stg_reference__targets') }}
)

select
    targets.target_id,
    targets.name_vi,
    targets.name_en,
    targets.level,
    targets.metric_en,
    targets.operator,
    targets.target_value,
    targets.unit,
    targets.deadline,
    targets.notice_item,
    targets.unit_kinds,
    targets.valid_from,
    targets.valid_to
from targets
{{ join_parameter('reports_owed_from', as_of()) }}
where coalesce(targets.deadline >= cast(reports_owed_from.value as date), true)
