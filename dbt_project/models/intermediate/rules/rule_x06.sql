-- DHIS2's modified z-score (Iglewicz and Hoaglin): 0.6745 · |x − median| / MAD over the series' own earlier periods, this one left out.
-- Where those are all alike (MAD 0), any other value is one.
with submissions as (
    select
        *,
        {{ month_number('month') }} as month_no
    from {{ ref('int_submission_verdicts') }}
    where is_accepted and form in ('H07', 'M01', 'S03')
),

cumulative_funds as (
    select
        h07.*,
        submissions.period_end,
        submissions.month_no,
        submissions.is_current
    from {{ ref('stg_districts__h07') }} as h07
    inner join submissions
        on h07.submission_id = submissions.submission_id
    where h07.unused_reason is null and h07.commune_code is not null
),

-- mobilised in the quarter: what was added since the quarter before, in the year
figures as (
    select
        funds.submission_id,
        funds.sheet,
        funds.table_no,
        funds.row_number,
        funds.commune_code as unit_code,
        cast(null as varchar) as item_key,
        cast(null as varchar) as label,
        funds.commune_code as series,
        'total_million_vnd' as field,
        case when month(funds.period_end) = 3 then funds.total_million_vnd else funds.total_million_vnd - earlier.total_million_vnd end as figure
    from cumulative_funds as funds
    left join cumulative_funds as earlier
        on
            funds.commune_code = earlier.commune_code
            and earlier.is_current
            and funds.month_no - 3 = earlier.month_no
    union all
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        cast(null as varchar) as unit_code,
        item_key,
        activity as label,
        item_key as series,
        'done' as field,
        cast(done as double) as figure
    from {{ ref('stg_media__m01') }}
    where unused_reason is null
    union all
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        district_code as unit_code,
        item_key,
        product as label,
        item_key as series,
        'output_tonnes' as field,
        output_tonnes as figure
    from {{ ref('stg_departments__s03') }}
    where unused_reason is null
),

-- a commune's funds are one series through a split of its district; a reporter's own items are its own
series as (
    select
        figures.*,
        submissions.reporter_code,
        submissions.form,
        submissions.period,
        submissions.period_end,
        submissions.received_at,
        submissions.is_current,
        case when submissions.form = 'H07' then '' else submissions.reporter_code end as owner_code,
        case when submissions.form = 'M01' then submissions.month_no else cast(floor(submissions.month_no / 3) as integer) end as period_no
    from figures
    inner join submissions
        on figures.submission_id = submissions.submission_id
    where figures.series is not null
),

histories as (
    select
        series.submission_id,
        series.sheet,
        series.table_no,
        series.row_number,
        series.form,
        series.series,
        series.figure,
        earlier.figure as earlier_figure,
        earlier.received_at as earlier_received_at,
        median(earlier.figure) over (
            partition by series.submission_id, series.sheet, series.table_no, series.row_number
        ) as middle
    from series
    {{ join_parameter('outlier_history', 'series.period_end') }}
    inner join series as earlier
        on
            series.form = earlier.form
            and series.owner_code = earlier.owner_code
            and series.series = earlier.series
            and earlier.is_current
            and earlier.figure is not null
            and earlier.period_no < series.period_no
            and earlier.period_no >= series.period_no - cast(outlier_history.value as integer)
),

deviations as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        max(middle) as middle,
        median(abs(earlier_figure - middle)) as mad,
        count(*) as periods,
        max(earlier_received_at) as earlier_received_at
    from histories
    group by submission_id, sheet, table_no, row_number
),

compared as (
    select
        series.*,
        deviations.middle,
        deviations.earlier_received_at,
        case
            when deviations.periods is null then 'no_previous_period'
            when series.figure is null then 'side_unknown'
            when deviations.periods < cast(outlier_min_history.value as integer) then 'too_few_values'
        end as obstacle,
        case
            when deviations.mad > 0
                then 0.6745 * abs(series.figure - deviations.middle) / deviations.mad > cast(outlier_modified_z.value as double)
            else series.figure <> deviations.middle
        end as is_outlier
    from series
    {{ join_parameter('outlier_min_history', 'series.period_end') }}
    {{ join_parameter('outlier_modified_z', 'series.period_end') }}
    left join deviations
        on
            series.submission_id = deviations.submission_id
            and series.sheet = deviations.sheet
            and series.table_no = deviations.table_no
            and series.row_number = deviations.row_number
)

select {{ rule_row('X06', {
    'outcome': outcome('case when obstacle is null then is_outlier end'),
    'outcome_reason': 'obstacle',
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'unit_code',
    'label': 'label',
    'field': 'field',
    'item_key': 'item_key',
    'value': plain_number('figure'),
    'expected': plain_number('middle'),
    'difference': 'figure - middle',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
