-- DHIS2's modified z-score (Iglewicz and Hoaglin): 0.6745 · |x − median| / MAD over the series' own earlier periods, this one left out.
-- Where those are all alike (MAD 0), any other value is one.
with series as (
    select * from {{ ref('int_figure_series') }}
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
    {{ join_territory('series.unit_code', 'series.period_end') }}
    inner join series as earlier
        on
            series.form = earlier.form
            and series.owner_code = earlier.owner_code
            and series.series = earlier.series
            and earlier.is_current
            and earlier.figure is not null
            and earlier.period_no < series.period_no
            and earlier.period_no >= series.period_no - cast(outlier_history.value as integer)
            and {{ is_same_territory('earlier.period_end') }}
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
    'value_kind': "'number'",
    'expected': plain_number('middle'),
    'expected_kind': "'number'",
    'difference': 'figure - middle',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
