-- Names as they were landed in fields that name a person, of what was received by the as-of day; a single word is left out, since it may be any word.
with deliveries as (
    select delivery_id from {{ ref('int_received_deliveries') }}
),

received as (
    {% for form in forms() %}
    {%- for field in form.personal if field not in personal_but_nameless() %}
    select distinct
        delivery_id,
        {{ field }} as name
    from {{ ref(form.model) }}
    union all
    {%- endfor %}
    {%- endfor %}
    select distinct
        own_cells.delivery_id,
        own_cells.value as name
    from {{ ref('stg_landed__own_cells') }} as own_cells
    inner join {{ ref('stg_landed__form_fields') }} as fields
        on own_cells.form = fields.form and own_cells.field = fields.field
    where fields.is_personal
    union all
    select
        cast(null as string) as delivery_id,
        contact_name as name
    from {{ ref('stg_reference__contacts') }}
),

landed as (
    select distinct received.name
    from received
    left join deliveries
        on received.delivery_id = deliveries.delivery_id
    where received.name is not null and (deliveries.delivery_id is not null or received.delivery_id is null)
),

keyed as (
    select {{ items_where(word_keys(without_address('name')), 'not ' ~ is_like_pattern('item', '[0-9]')) }} as word_keys
    from landed
),

-- what our lists call a unit is not a person, whoever wrote it into such a field
units as (
    select distinct {{ list_as_text(word_keys('name_vi'), ' ') }} as name_key
    from {{ ref('int_reporters') }}
),

counted as (
    select distinct
        {{ list_as_text('word_keys', ' ') }} as name_key,
        {{ size_of_list('word_keys') }} as words
    from keyed
    where {{ size_of_list('word_keys') }} >= 2
)

select
    counted.name_key,
    counted.words
from counted
left join units
    on counted.name_key = units.name_key
where units.name_key is null
