{%- set dates = [
    ('stg_districts__h02', 'started_on', true), ('stg_districts__h03', 'founded_on', true), ('stg_districts__h04', 'recognised_on', true),
    ('stg_districts__h05', 'from_date', true), ('stg_districts__h05', 'to_date', false),
    ('stg_districts__h06', 'from_date', true), ('stg_districts__h06', 'to_date', false),
    ('stg_departments__s01', 'checked_on', true), ('stg_departments__s02', 'from_date', true), ('stg_departments__s02', 'to_date', false),
    ('stg_tasks__c01', 'done_on', true), ('stg_tasks__v02', 'issued_on', true), ('stg_tasks__v02', 'due_on', false),
    ('stg_office__v01', 'inspected_on', true), ('stg_office__v04', 'explained_on', true)
] -%}
{%- set with_commune = ['stg_districts__h02', 'stg_districts__h03', 'stg_districts__h04', 'stg_districts__h06', 'stg_departments__s01', 'stg_office__v01'] -%}
-- Each date against the day of receipt (not those that may lie ahead) and against the earliest day that its field can have.
with submissions as (
    select
        verdicts.*,
        deliveries.is_in_register
    from {{ ref('int_submission_verdicts') }} as verdicts
    inner join {{ ref('int_deliveries') }} as deliveries
        on verdicts.delivery_id = deliveries.delivery_id
    where verdicts.is_accepted
),

dates as (
    {% for model, field, is_past in dates %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        {{ "commune_code" if model in with_commune else "cast(null as string)" }} as unit_code,
        '{{ field }}' as field,
        {{ field }} as day,
        {{ is_past }} as is_past
    from {{ ref(model) }}
    where unused_reason is null and {{ field }} is not null
    {{ "union all" if not loop.last }}
    {% endfor %}
),

compared as (
    select
        submissions.reporter_code,
        submissions.form,
        submissions.period,
        {{ local_date('submissions.received_at') }} as received_on,
        submissions.received_at,
        dates.*,
        cast(parameters.value as date) as earliest_on,
        -- a row of a register that stands in no register itself counts from its own day
        dates.is_past
        and dates.day > {{ local_date('submissions.received_at') }}
        and (submissions.is_in_register or not submissions.is_register) as is_after_receipt
    from dates
    inner join submissions
        on dates.submission_id = submissions.submission_id
    inner join {{ ref('stg_reference__parameters') }} as parameters
        on
            parameters.name = case when dates.field = 'founded_on' then 'founded_on_min' else 'date_min' end
            and {{ is_valid_on(local_date('submissions.received_at'), 'parameters') }}
)

select {{ rule_row('E04', {
    'variant': "case when is_after_receipt then 'after_receipt' else 'too_early' end",
    'outcome': outcome('is_after_receipt or day < earliest_on'),
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
    'value': 'day',
    'value_kind': "'day'",
    'expected': 'case when is_after_receipt then received_on else earliest_on end',
    'expected_kind': "'day'",
    'difference': 'case when is_after_receipt then ' ~ days_between('received_on', 'day') ~ ' else ' ~ days_between('earliest_on', 'day') ~ ' end',
    'detected_at': 'received_at'
}) }}
from compared
