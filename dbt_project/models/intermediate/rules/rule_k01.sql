with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

compared as (
    select
        *,
        criteria_unknown = 0 and criteria_given = criteria_total and criteria_met_stated is not null as is_known
    from h01_rows
)

select {{ rule_row('K01', {
    'outcome': outcome('case when is_known then criteria_met_stated <> criteria_met end'),
    'outcome_reason': "case when not is_known then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': "'H01'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'criteria_met_stated'",
    'value': 'criteria_met_stated',
    'value_kind': "'number'",
    'expected': 'criteria_met',
    'expected_kind': "'number'",
    'difference': 'criteria_met_stated - criteria_met',
    'detected_at': 'received_at'
}) }}
from compared
