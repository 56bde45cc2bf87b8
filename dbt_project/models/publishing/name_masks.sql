-- Free texts of published tables in which a person is named, column by column, each as it goes out. The tables themselves keep them: what is joined,
-- and what a sender gets back, is the text as received.
with texts as (
    {% for table, columns in free_texts().items() %}
    {%- for column in columns %}
    select distinct
        '{{ table }}' as table_name,
        '{{ column }}' as column_name,
        {{ column }} as text
    from {{ ref(table.split('.')[1]) }}
    where {{ column }} is not null
    union all
    {%- endfor %}
    {%- endfor %}
    select * from {{ ref('int_own_form_texts') }}
),

names as (
    select
        *,
        split_part(name_key, ' ', 1) as first_key,
        split_part(name_key, ' ', 2) as second_key
    from {{ ref('int_person_names') }}
),

-- an enterprise is public under the name that it is registered by
registered as (
    select distinct establishment_name as text
    from {{ ref('fct_establishments') }}
    where registration_no is not null and establishment_name is not null
),

split as (
    select
        text,
        {{ word_keys('text') }} as word_keys
    from (select distinct text from texts) as read
    where text not in (select registered.text from registered)
),

places as (
    select
        text,
        word_keys,
        {{ unnest_items(numbers_between(1, size_of_list('word_keys'))) }} as word_no
    from split
),

pairs as (
    select
        text,
        word_no,
        {{ item_of_list('word_keys', 'word_no') }} as first_key,
        {{ item_of_list('word_keys', 'word_no + 1') }} as second_key
    from places
),

-- few texts have the first two words of a name: only those are looked at word by word
named as (
    select distinct
        pairs.text,
        {{ unnest_items(numbers_between('pairs.word_no', 'pairs.word_no + names.words')) }} as word_no
    from pairs
    inner join names
        on pairs.first_key = names.first_key and pairs.second_key = names.second_key
    inner join split
        on pairs.text = split.text
    where {{ list_as_text(part_of_list('split.word_keys', 'pairs.word_no', 'names.words'), ' ') }} = names.name_key
),

pieces as (
    select
        text,
        {{ unnest_places(text_pieces('text'), 'piece', 'place') }}
    from (select distinct text from named) as read
),

numbered as (
    select
        *,
        count(case when is_word then 1 end) over (partition by text order by place) as word_no
    from (
        select
            *,
            {{ is_like_pattern('piece', '^[' ~ word_character() ~ ']') }} as is_word
        from pieces
    ) as pieces_of_words
),

marked as (
    select
        numbered.text,
        numbered.piece,
        numbered.place,
        numbered.is_word and named.word_no is not null as is_name
    from numbered
    left join named
        on numbered.text = named.text and numbered.word_no = named.word_no
),

joined as (
    select
        *,
        is_name or (lag(is_name) over in_text and lead(is_name) over in_text) as is_hidden
    from marked
    window in_text as (partition by text order by place)
),

begun as (
    select
        *,
        lag(is_hidden) over (partition by text order by place) as follows_hidden
    from joined
),

masked as (
    select
        text,
        {{ joined_text("case when not coalesce(is_hidden, false) then piece when coalesce(follows_hidden, false) then '' else '•••' end", '', 'place') }}
            as masked
    from begun
    group by text
)

select
    texts.table_name,
    texts.column_name,
    texts.text,
    masked.masked
from texts
inner join masked
    on texts.text = masked.text
union all
-- the id of a file is a hash over its path and this: who knew it could try names in the path
select distinct
    'quality.deliveries' as table_name,
    'sha256' as column_name,
    deliveries.sha256 as text,
    cast(null as string) as masked
from {{ ref('deliveries') }} as deliveries
inner join masked
    on deliveries.path = masked.text
where deliveries.sha256 is not null
