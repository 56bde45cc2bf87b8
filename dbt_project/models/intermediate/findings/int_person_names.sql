-- Names as they were landed in fields that name a person; a single word is left out, since it may be any word.
with landed as (
    {% for form in forms() %}
    {%- for field in form.personal %}
    select {{ field }} as name from {{ ref(form.model) }}
    union all
    {%- endfor %}
    {%- endfor %}
    select contact_name as name from {{ ref('stg_reference__contacts') }}
),

split as (
    select distinct {{ text_words(without_address('name')) }} as words
    from landed
    where name is not null
),

keyed as (
    select array_to_string(list_filter([{{ name_key('word') }} for word in words], lambda word_key: word_key <> ''), ' ') as name_key
    from split
),

counted as (
    select distinct
        name_key,
        len(string_split(name_key, ' ')) as words
    from keyed
)

select * from counted
where words >= 2
