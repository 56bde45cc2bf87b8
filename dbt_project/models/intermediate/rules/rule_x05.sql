-- A copy of the reporter's last report, if its reports before usually changed: where nothing ever changes, a copy says nothing. Usually, not each
-- time: the report before may be a copy itself, and is told of, too.
with contents as (
    select * from {{ ref('int_report_contents') }}
),

standing as (
    select
        *,
        lag(content_hash) over (partition by reporter_code, form order by period_end) as content_hash_before,
        row_number() over (partition by reporter_code, form order by period_end) as report_no
    from contents
    where is_current
),

-- how many of the reports so far differed from the one before them
histories as (
    select
        *,
        sum(case when content_hash_before <> content_hash then 1 else 0 end) over (partition by reporter_code, form order by report_no)
            as changes_so_far
    from standing
),

-- how many reports stand of the periods before
numbered as (
    select
        *,
        count(case when is_current then 1 end) over (partition by reporter_code, form order by period_end)
        - count(case when is_current then 1 end) over (partition by reporter_code, form, period_end) as reports_before
    from contents
),

compared as (
    select
        numbered.*,
        earlier.submission_id as earlier_submission_id,
        earlier.period as earlier_period,
        earlier.sheets as earlier_sheets,
        earlier.received_at as earlier_received_at,
        case
            when earlier.submission_id is null then 'no_previous_period'
            when numbered.value_cells < cast(stale_copy_min_cells.value as integer) then 'too_few_values'
            when long_ago.submission_id is null then 'too_few_values'
            when earlier.changes_so_far - long_ago.changes_so_far < cast(stale_copy_changes.value as integer) then 'seldom_changes'
        end as obstacle,
        coalesce(numbered.content_hash = earlier.content_hash, false) as is_copy
    from numbered
    {{ join_parameter('stale_copy_history', 'numbered.period_end') }}
    {{ join_parameter('stale_copy_changes', 'numbered.period_end') }}
    {{ join_parameter('stale_copy_min_cells', 'numbered.period_end') }}
    left join histories as earlier
        on
            numbered.reporter_code = earlier.reporter_code
            and numbered.form = earlier.form
            and numbered.reports_before = earlier.report_no
    left join histories as long_ago
        on
            numbered.reporter_code = long_ago.reporter_code
            and numbered.form = long_ago.form
            and numbered.reports_before - cast(stale_copy_history.value as integer) = long_ago.report_no
)

select {{ rule_row('X05', {
    'outcome': outcome('case when obstacle is null then is_copy end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheets',
    'value': 'period',
    'value_kind': "'period'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheets',
    'related_value': 'earlier_period',
    'related_kind': "'period'",
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
