with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

models as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.received_at,
        h02.*,
        case
            when h02.revenue_million_vnd < cast(model_size_small_below.value as double) then 'small'
            when h02.revenue_million_vnd < cast(model_size_large_from.value as double) then 'medium'
            when h02.revenue_million_vnd is not null then 'large'
        end as fitting_size
    from {{ ref('stg_districts__h02') }} as h02
    inner join submissions
        on h02.submission_id = submissions.submission_id
    {{ join_parameter('model_size_small_below', 'submissions.period_end') }}
    {{ join_parameter('model_size_large_from', 'submissions.period_end') }}
    where h02.unused_reason is null
)

select {{ rule_row('K05', {
    'outcome': outcome('size <> fitting_size'),
    'outcome_reason': "case when size is null or fitting_size is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': "'H02'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'label': 'model_name',
    'field': "'size'",
    'item_key': 'item_key',
    'value': 'size',
    'value_kind': "'code'",
    'expected': 'fitting_size',
    'expected_kind': "'code'",
    'related_submission_id': 'submission_id',
    'related_sheet': 'sheet',
    'related_table_no': 'table_no',
    'related_row_number': 'row_number',
    'related_field': "'revenue_million_vnd'",
    'related_value': plain_number('revenue_million_vnd'),
    'related_kind': "'number'",
    'detected_at': 'received_at'
}) }}
from models
