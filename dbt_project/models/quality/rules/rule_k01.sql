with h01_rows as (
    select * from {{ ref('int_h01_rows') }}
),

counts as (
    select * from {{ ref('int_h01_counts') }}
),

compared as (
    select
        h01_rows.*,
        counts.criteria_met,
        counts.criteria_unknown = 0 and counts.criteria_given = h01_rows.criteria_total and h01_rows.criteria_met_stated is not null as is_known
    from h01_rows
    inner join counts
        on
            h01_rows.submission_id = counts.submission_id
            and h01_rows.sheet = counts.sheet
            and h01_rows.table_no = counts.table_no
            and h01_rows.row_number = counts.row_number
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
    'expected': 'criteria_met',
    'difference': 'criteria_met_stated - criteria_met',
    'detected_at': 'received_at'
}) }}
from compared
