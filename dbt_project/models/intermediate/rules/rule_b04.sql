-- One establishment, one key: a registration number stands in one district's list, and a name in a commune has one number. One row per
-- group, on the list received last; the other side is the newest row that makes it a finding.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_current and form = 'H03'
),

establishments as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.received_at,
        submissions.received_seq,
        h03.submission_id,
        h03.sheet,
        h03.table_no,
        h03.row_number,
        h03.commune_code,
        h03.name,
        {{ folded('h03.name') }} as folded_name,
        h03.registration_no as stated_no,
        {{ folded('h03.registration_no') }} as registration_no
    from {{ ref('stg_districts__h03') }} as h03
    inner join submissions
        on h03.submission_id = submissions.submission_id
    where h03.unused_reason is null
),

keyed as (
    select
        *,
        'two_districts' as variant,
        'registration_no' as field,
        registration_no as group_key,
        reporter_code as other_than,
        stated_no as shown,
        reporter_code as other_shown
    from establishments
    where registration_no is not null
    union all
    select
        *,
        '' as variant,
        'name' as field,
        commune_code || '|' || folded_name as group_key,
        registration_no as other_than,
        name as shown,
        stated_no as other_shown
    from establishments
    where registration_no is not null and commune_code is not null and folded_name is not null
),

newest as (
    select *
    from keyed
    qualify row_number() over (
        partition by period, field, group_key
        order by received_seq desc, sheet desc, row_number desc
    ) = 1
),

compared as (
    select
        newest.*,
        other.submission_id as other_submission_id,
        other.sheet as other_sheet,
        other.table_no as other_table_no,
        other.row_number as other_row_number,
        other.other_shown as other_key,
        other.received_at as other_received_at
    from newest
    left join keyed as other
        on
            newest.period = other.period
            and newest.field = other.field
            and newest.group_key = other.group_key
            and newest.other_than <> other.other_than
    qualify row_number() over (
        partition by newest.period, newest.field, newest.group_key
        order by other.received_seq desc nulls last, other.sheet desc, other.row_number desc
    ) = 1
)

select {{ rule_row('B04', {
    'variant': 'variant',
    'outcome': outcome('other_submission_id is not null'),
    'reporter_code': 'reporter_code',
    'form': "'H03'",
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'field': 'field',
    'item_key': 'group_key',
    'value': 'shown',
    'expected': "case when field = 'name' then stated_no end",
    'related_submission_id': 'other_submission_id',
    'related_sheet': 'other_sheet',
    'related_table_no': 'other_table_no',
    'related_row_number': 'other_row_number',
    'related_field': "'registration_no'",
    'related_value': 'other_key',
    'related_kind': "case when variant = 'two_districts' then 'reporter' end",
    'detected_at': 'greatest(received_at, other_received_at)'
}) }}
from compared
