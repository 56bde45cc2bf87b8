{%- set lists = [('h02', 'H02', 'model_name'), ('h03', 'H03', 'name'), ('h04', 'H04', 'village')] -%}
-- The items of the last accepted list of each commune of the territory, whichever district sent it, against this list. An establishment
-- that stands here under another number than before, or now has one, is not gone: its name shows it.
with last_lists as (
    select * from {{ ref('int_previous_lists') }}
),

items as (
    {% for name, form, label in lists %}
    select
        submission_id,
        '{{ form }}' as form,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        commune_code,
        status,
        '{{ label }}' as label_field,
        {{ label }} as label,
        {{ folded(label) if form == 'H03' else 'cast(null as string)' }} as lasting_name
    from {{ ref('stg_districts__' ~ name) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

-- a row that could not be placed may be the item that seems gone
unplaced as (
    select distinct submission_id
    from items
    where commune_code is null
),

named as (
    select distinct
        submission_id,
        item_key
    from items
),

-- names that stand under a key which the list before did not have
renumbered as (
    select distinct
        last_lists.submission_id,
        items.commune_code,
        items.lasting_name
    from last_lists
    inner join items
        on
            last_lists.submission_id = items.submission_id
            and last_lists.commune_code = items.commune_code
    left join named
        on
            last_lists.earlier_submission_id = named.submission_id
            and items.item_key = named.item_key
    where items.lasting_name is not null and last_lists.earlier_submission_id is not null and named.item_key is null
),

compared as (
    select
        last_lists.*,
        earlier_items.sheet as earlier_sheet,
        earlier_items.table_no as earlier_table_no,
        earlier_items.row_number as earlier_row_number,
        earlier_items.item_key,
        earlier_items.label,
        earlier_items.label_field,
        case
            when earlier_items.item_key is null then null
            when named.item_key is not null or renumbered.submission_id is not null then false
            when unplaced.submission_id is null then true
        end as is_gone
    from last_lists
    left join items as earlier_items
        on
            last_lists.earlier_submission_id = earlier_items.submission_id
            and last_lists.commune_code = earlier_items.commune_code
            and earlier_items.unused_reason is null
            and earlier_items.status is distinct from 'stopped'
    left join named
        on
            last_lists.submission_id = named.submission_id
            and earlier_items.item_key = named.item_key
    left join renumbered
        on
            last_lists.submission_id = renumbered.submission_id
            and last_lists.commune_code = renumbered.commune_code
            and earlier_items.lasting_name = renumbered.lasting_name
    left join unplaced
        on last_lists.submission_id = unplaced.submission_id
    where last_lists.earlier_submission_id is null or earlier_items.item_key is not null
)

select {{ rule_row('X03', {
    'outcome': outcome('is_gone'),
    'outcome_reason': "case when earlier_submission_id is null then 'no_previous_period' when is_gone is null then 'rows_not_placed' end",
    'reporter_code': 'reporter_code',
    'form': 'form',
    'period': 'period',
    'submission_id': 'submission_id',
    'sheet': 'sheets',
    'unit_code': 'commune_code',
    'field': 'label_field',
    'item_key': 'item_key',
    'related_submission_id': 'earlier_submission_id',
    'related_sheet': 'earlier_sheet',
    'related_table_no': 'earlier_table_no',
    'related_row_number': 'earlier_row_number',
    'related_field': 'label_field',
    'related_value': 'label',
    'detected_at': 'greatest(received_at, earlier_received_at)'
}) }}
from compared
