{%- set lists = [
    ('model', 'stg_districts__h02', 'H02', 'model_name', 'model_name'),
    ('establishment', 'stg_districts__h03', 'H03', 'name', 'name'),
    ('residential_area', 'stg_districts__h04', 'H04', 'village', 'village'),
    ('garden', 'stg_districts__h04', 'H04', 'owner_name', 'cast(null as string)')
] -%}
-- Each inspected item against the report of the month in which it was inspected: a criterion against its mark, an item against its row. A garden is
-- known by its owner, whom no message names.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted
),

mark_words as (
    select * from {{ ref('stg_landed__mark_words') }}
),

inspections as (
    select
        v01.submission_id,
        v01.sheet,
        v01.table_no,
        v01.row_number,
        v01.commune_code,
        v01.item_kind,
        {{ folded('v01.item') }} as item,
        v01.item_key,
        v01.observed_value,
        v01.is_confirmed,
        mark_words.mark as observed_mark,
        {{ month_of_day('v01.inspected_on') }} as month,
        submissions.received_at
    from {{ ref('stg_office__v01') }} as v01
    inner join submissions
        on v01.submission_id = submissions.submission_id
    left join mark_words
        on {{ mark_word('v01.observed_value') }} = mark_words.word
    {{ join_month_of_day('v01.inspected_on') }}
    where v01.unused_reason is null and v01.commune_code is not null and submissions.is_current
),

asked as (
    select distinct
        commune_code,
        month,
        item
    from inspections
    where item_kind = 'criterion'
),

marks as (
    select
        h01_rows.submission_id,
        h01_rows.sheet,
        h01_rows.table_no,
        h01_rows.row_number,
        h01_rows.commune_code,
        criteria.criterion_no,
        {{ criterion_value('h01_rows.criterion', 'criteria.criterion_no') }} as status
    from {{ ref('int_h01_rows') }} as h01_rows
    inner join asked
        on h01_rows.commune_code = asked.commune_code and h01_rows.month = asked.month
    inner join {{ ref('stg_reference__criteria') }} as criteria
        on
            h01_rows.criteria_set_id = criteria.criteria_set_id
            and asked.item = cast(criteria.criterion_no as string)
),

-- what was reported of things that can be inspected
reported as (
    select
        submission_id,
        'H01' as form,
        'criterion' as item_kind,
        sheet,
        table_no,
        row_number,
        commune_code,
        cast(criterion_no as string) as item,
        cast(null as string) as label,
        'criterion_' || cast(criterion_no as string) as field,
        status as reported_value
    from marks
    {% for kind, model, form, name, label in lists %}
    union all
    select
        submission_id,
        '{{ form }}' as form,
        '{{ kind }}' as item_kind,
        sheet,
        table_no,
        row_number,
        commune_code,
        {{ folded(name) }} as item,
        {{ label }} as label,
        'status' as field,
        status as reported_value
    from {{ ref(model) }}
    where unused_reason is null and commune_code in (select inspections.commune_code from inspections){% if form == 'H04' %} and kind = '{{ kind }}'{% endif %}
    {% endfor %}
),

compared as (
    select
        submissions.reporter_code,
        submissions.period,
        submissions.received_at as reported_at,
        reported.submission_id,
        reported.form,
        reported.sheet,
        reported.table_no,
        reported.row_number,
        reported.label,
        reported.field,
        reported.reported_value,
        inspections.commune_code,
        inspections.item_kind,
        inspections.item_key,
        inspections.submission_id as inspection_submission_id,
        inspections.sheet as inspection_sheet,
        inspections.table_no as inspection_table_no,
        inspections.row_number as inspection_row_number,
        inspections.observed_value,
        inspections.is_confirmed,
        inspections.received_at as inspection_received_at,
        case
            when inspections.item_kind = 'criterion' and reported.reported_value is null then null
            when inspections.item_kind = 'criterion' and inspections.observed_mark is not null
                then inspections.observed_mark <> reported.reported_value
            else not inspections.is_confirmed
        end as is_contradiction
    from inspections
    inner join reported
        on
            inspections.commune_code = reported.commune_code
            and inspections.item_kind = reported.item_kind
            and inspections.item = reported.item
    inner join submissions
        on
            reported.submission_id = submissions.submission_id
            and inspections.month = submissions.month
)

select {{ rule_row('B03', {
    'variant': "case when label is null then '' else 'item' end",
    'outcome': outcome('is_contradiction'),
    'outcome_reason': "case when is_contradiction is null then 'side_unknown' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheet',
    'table_no': 'table_no',
    'row_number': 'row_number',
    'unit_code': 'commune_code',
    'label': 'label',
    'field': 'field',
    'item_key': 'item_key',
    'value': 'reported_value',
    'value_kind': "'code'",
    'related_submission_id': 'inspection_submission_id',
    'related_sheet': 'inspection_sheet',
    'related_table_no': 'inspection_table_no',
    'related_row_number': 'inspection_row_number',
    'related_field': "'observed_value'",
    'related_value': 'observed_value',
    'detected_at': 'greatest(reported_at, inspection_received_at)'
}) }}
from compared
