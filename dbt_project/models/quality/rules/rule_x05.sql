-- A copy of the reporter's last report, if its reports before changed each time: where nothing ever changes, a copy is no news.
with contents as (
    select * from {{ ref('int_report_contents') }}
),

standing as (
    select
        *,
        lag(content_hash) over (partition by reporter_code, form order by period_end) as content_hash_before
    from contents
    where is_current
),

-- the reports before, newest first, with whether each differed from the one before it
earlier as (
    select
        contents.submission_id,
        standing.submission_id as earlier_submission_id,
        standing.period as earlier_period,
        standing.received_at as earlier_received_at,
        standing.content_hash,
        coalesce(standing.content_hash_before <> standing.content_hash, false) as is_changed,
        row_number() over (partition by contents.submission_id order by standing.period_end desc) as reports_back
    from contents
    inner join standing
        on
            contents.reporter_code = standing.reporter_code
            and contents.form = standing.form
            and contents.period_end > standing.period_end
),

histories as (
    select
        contents.submission_id,
        max(case when earlier.reports_back = 1 then earlier.earlier_submission_id end) as earlier_submission_id,
        max(case when earlier.reports_back = 1 then earlier.earlier_period end) as earlier_period,
        max(case when earlier.reports_back = 1 then earlier.earlier_received_at end) as earlier_received_at,
        max(case when earlier.reports_back = 1 then earlier.content_hash end) as earlier_content_hash,
        count(case when earlier.reports_back <= cast(stale_copy_history.value as integer) and earlier.is_changed then 1 end)
        = cast(max(stale_copy_history.value) as integer) as is_lively,
        count(earlier.earlier_submission_id) > cast(max(stale_copy_history.value) as integer) as is_long
    from contents
    {{ join_parameter('stale_copy_history', 'contents.period_end') }}
    left join earlier
        on contents.submission_id = earlier.submission_id
    group by contents.submission_id
),

compared as (
    select
        contents.*,
        histories.earlier_submission_id,
        histories.earlier_period,
        histories.earlier_received_at,
        case
            when histories.earlier_submission_id is null then 'no_previous_period'
            when contents.value_cells < cast(stale_copy_min_cells.value as integer) then 'too_few_values'
            when not histories.is_long then 'too_few_values'
            when not histories.is_lively then 'seldom_changes'
        end as obstacle,
        coalesce(contents.content_hash = histories.earlier_content_hash, false) as is_copy
    from contents
    inner join histories
        on contents.submission_id = histories.submission_id
    {{ join_parameter('stale_copy_min_cells', 'contents.period_end') }}
)

select {{ rule_row('X05', {
    'outcome': outcome('case when obstacle is null then is_copy end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'value': 'period',
    'related_submission_id': 'earlier_submission_id',
    'related_value': 'earlier_period',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
