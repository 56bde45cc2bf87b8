{%- set lists = [('h02', 'H02', 'model_name'), ('h03', 'H03', 'name'), ('h04', 'H04', 'village')] -%}
-- The items of the last accepted list of each commune of the territory, whichever district sent it, against this list. An establishment
-- that stands here under another number than before, or now has one, is not gone: its name shows it.
with submissions as (
    select
        *,
        {{ month_number('month') }} as month_no
    from {{ ref('int_submission_verdicts') }}
    where is_accepted and form in ('H02', 'H03', 'H04')
),

communes as (
    select * from {{ ref('stg_reference__units') }} where level = 'commune'
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
        {{ folded(label) if form == 'H03' else 'cast(null as varchar)' }} as lasting_name
    from {{ ref('stg_districts__' ~ name) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

-- who spoke for a commune in which month
lists_of_communes as (
    select
        submissions.submission_id,
        submissions.form,
        submissions.period,
        submissions.period_end,
        submissions.month_no,
        submissions.reporter_code,
        submissions.received_at,
        submissions.is_current,
        submissions.sheets,
        communes.unit_code as commune_code
    from submissions
    inner join communes
        on
            submissions.reporter_code = communes.parent_code
            and {{ is_valid_on('submissions.period_end', 'communes') }}
),

-- the months that have a list of a commune, each with the month before it
list_months as (
    select
        form,
        commune_code,
        month_no,
        max(case when is_current then submission_id end) as submission_id,
        max(case when is_current then received_at end) as received_at,
        max(max(case when is_current then month_no end)) over (
            partition by form, commune_code order by month_no rows between unbounded preceding and 1 preceding
        ) as earlier_month_no
    from lists_of_communes
    group by form, commune_code, month_no
),

last_lists as (
    select
        lists_of_communes.*,
        earlier.submission_id as earlier_submission_id,
        earlier.received_at as earlier_received_at
    from lists_of_communes
    {{ join_parameter('look_back_periods', 'lists_of_communes.period_end') }}
    inner join list_months
        on
            lists_of_communes.form = list_months.form
            and lists_of_communes.commune_code = list_months.commune_code
            and lists_of_communes.month_no = list_months.month_no
    left join list_months as earlier
        on
            list_months.form = earlier.form
            and list_months.commune_code = earlier.commune_code
            and list_months.earlier_month_no = earlier.month_no
            and earlier.month_no >= lists_of_communes.month_no - cast(look_back_periods.value as integer)
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
