-- Funds add up within a year: each figure of a commune against its last accepted one of the same year, unless that row contradicts itself (K04).
{%- set figures = ['total'] + fund_sources() %}
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and form = 'H07'
),

contradictions as (
    select
        submission_id,
        sheet,
        table_no,
        row_number
    from {{ ref('rule_k04') }}
    where outcome = 'failed'
),

funds as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.period_end,
        submissions.received_at,
        submissions.is_current,
        contradictions.submission_id is not null as is_contradiction,
        h07.*
    from {{ ref('stg_districts__h07') }} as h07
    inner join submissions
        on h07.submission_id = submissions.submission_id
    left join contradictions
        on
            h07.submission_id = contradictions.submission_id
            and h07.sheet = contradictions.sheet
            and h07.table_no = contradictions.table_no
            and h07.row_number = contradictions.row_number
    where h07.unused_reason is null and h07.commune_code is not null
),

paired as (
    select
        funds.*,
        earlier.submission_id as earlier_submission_id,
        earlier.sheet as earlier_sheet,
        earlier.table_no as earlier_table_no,
        earlier.row_number as earlier_row_number,
        earlier.received_at as earlier_received_at,
        {% for figure in figures %}
        case when not earlier.is_contradiction then earlier.{{ figure }}_million_vnd end as earlier_{{ figure }}{{ "," if not loop.last }}
        {% endfor %}
    from funds
    {{ join_territory('funds.commune_code', 'funds.period_end') }}
    left join funds as earlier
        on
            funds.commune_code = earlier.commune_code
            and earlier.is_current
            and earlier.period_end < funds.period_end
            and year(earlier.period_end) = year(funds.period_end)
            and {{ is_same_territory('earlier.period_end') }}
    qualify row_number() over (
        partition by funds.submission_id, funds.sheet, funds.table_no, funds.row_number
        order by earlier.period_end desc nulls last
    ) = 1
),

compared as (
    select
        *,
        earlier_submission_id is not null as is_comparable,
        {% for figure in figures %}case when {{ figure }}_million_vnd is null or earlier_{{ figure }} is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %} as figures_known,
        {% for figure in figures %}case when {{ figure }}_million_vnd < earlier_{{ figure }} - 1e-9 then 1 else 0 end{{ " + " if not loop.last }}{% endfor %} as figures_fallen,
        -- the total first, then its sources in the form's order
        concat_ws(';', {% for figure in figures %}case when {{ figure }}_million_vnd < earlier_{{ figure }} - 1e-9 then '{{ figure }}_million_vnd' end{{ ", " if not loop.last }}{% endfor %}) as fallen
    from paired
),

-- a row that is wrong is one finding: about its total if that fell, and naming what else did
fallen_rows as (
    select
        *,
        split_part(fallen, ';', 1) as field,
        nullif(substr(fallen, length(field) + 2), '') as further_fields,
        case field {% for figure in figures %}when '{{ figure }}_million_vnd' then {{ figure }}_million_vnd {% endfor %}end as figure,
        case field {% for figure in figures %}when '{{ figure }}_million_vnd' then earlier_{{ figure }} {% endfor %}end as earlier_figure
    from compared
    where figures_fallen > 0
),

others as (
    select
        submission_id,
        reporter_code,
        period,
        'passed' as outcome,
        cast(null as string) as outcome_reason,
        sum(figures_known - figures_fallen) as figures
    from compared
    group by submission_id, reporter_code, period
    union all
    select
        submission_id,
        reporter_code,
        period,
        'not_evaluated' as outcome,
        case when is_comparable then 'side_unknown' else 'no_previous_period' end as outcome_reason,
        sum({{ figures | length }} - figures_known) as figures
    from compared
    group by submission_id, reporter_code, period, is_comparable
)

select {{ rule_row('X04', {
    'outcome': "'failed'",
    'reporter_code': 'reporter_code',
    'form': "'H07'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'variant': "case when further_fields is null then '' else 'several' end",
    'field': 'field',
    'further_fields': 'further_fields',
    'value': plain_number('figure'),
    'value_kind': "'number'",
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': 'field',
    'related_value': plain_number('earlier_figure'),
    'related_kind': "'number'",
    'difference': 'figure - earlier_figure',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from fallen_rows
union all
{{ counted_rows('X04', "'H07'", 'figures') }}
from others
where figures > 0
