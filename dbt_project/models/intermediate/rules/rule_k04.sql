{%- set parts = fund_sources() -%}
-- Where a part is blank or can't be read, the known ones can only be too much; that they are less, or just as much, says nothing.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

funds as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.received_at,
        h07.submission_id,
        h07.sheet,
        h07.table_no,
        h07.row_number,
        h07.commune_code,
        h07.total_million_vnd as total,
        {% for part in parts %}coalesce(h07.{{ part }}_million_vnd, 0){{ " + " if not loop.last }}{% endfor %} as parts,
        {% for part in parts %}case when h07.{{ part }}_million_vnd is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %} as parts_known,
        cast(funds_total_tolerance.value as double) as tolerance,
        case
            when h07.total_million_vnd is null then null
            when parts_known = {{ parts | length }} then abs(total - parts) > tolerance * abs(total) + 1e-9
            when parts > total * (1 + tolerance) + 1e-9 then true
        end as is_contradiction
    from {{ ref('stg_districts__h07') }} as h07
    inner join submissions
        on h07.submission_id = submissions.submission_id
    {{ join_parameter('funds_total_tolerance', 'submissions.period_end') }}
    where h07.unused_reason is null
)

select {{ rule_row('K04', {
    'outcome': outcome('is_contradiction'),
    'outcome_reason': "case when is_contradiction is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': "'H07'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': "'total_million_vnd'",
    'value': plain_number('total'),
    'value_kind': "'number'",
    'expected': plain_number('parts'),
    'expected_kind': "'number'",
    'difference': 'total - parts',
    'detected_at': 'received_at'
}) }}
from funds
