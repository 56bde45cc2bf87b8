{%- set pairs = [
    ('stg_districts__h02', 'H02', 'started_on', 'commune_code', "status = 'stopped'"),
    ('stg_districts__h03', 'H03', 'founded_on', 'commune_code', "status = 'stopped'"),
    ('stg_districts__h04', 'H04', 'recognised_on', 'commune_code', "status = 'recognised'"),
    ('stg_tasks__c01', 'C01', 'done_on', 'cast(null as string)', "status = 'done'")
] -%}
-- Recognised or done without a date; stopped, but starting after the period's end.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

dated as (
    {% for model, form, field, unit, when in pairs %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        {{ unit }} as unit_code,
        '{{ field }}' as field,
        status,
        {{ field }} as day,
        {{ is_unreadable("'" ~ field ~ "'") }} as is_unreadable,
        {{ when }} as is_concerned
    from {{ ref(model) }}
    where unused_reason is null
    {{ "union all" if not loop.last }}
    {% endfor %}
),

compared as (
    select
        submissions.reporter_code,
        submissions.form,
        submissions.period,
        submissions.received_at,
        dated.*,
        case
            when dated.status is null or dated.is_unreadable then null
            when not dated.is_concerned then false
            when dated.status = 'stopped' then dated.day > submissions.period_end
            else dated.day is null
        end as is_contradiction
    from dated
    inner join submissions
        on dated.submission_id = submissions.submission_id
)

select {{ rule_row('K06', {
    'variant': "case when day is null then 'no_date' else '' end",
    'outcome': outcome('is_contradiction'),
    'outcome_reason': "case when is_contradiction is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'unit_code',
    'field': 'field',
    'item_key': 'item_key',
    'value': 'status',
    'value_kind': "'code'",
    'related_submission_id': 'submission_id',
    'related_sheet': 'sheet',
    'related_table_no': 'table_no',
    'related_row_number': 'row_number',
    'related_field': "'status'",
    'related_value': 'day',
    'related_kind': "'day'",
    'detected_at': 'received_at'
}) }}
from compared
