{# Names of persons in free text: found as they were landed somewhere as personal, and masked wherever such a text is published. #}

{# A word as names are compared by: no case, no diacritics, no punctuation around it. #}
{% macro name_key(word) -%}
    regexp_replace(replace(strip_accents(lower({{ word }})), 'đ', 'd'), '^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$', '', 'g')
{%- endmacro %}

{# A name without what a person is addressed by ("Ông Nguyễn Văn An"; the household of its owner). #}
{% macro without_address(name) %}regexp_replace(trim({{ name }}), '^((hộ|ông|bà|anh|chị|đồng chí|đ/c)\s+)+', '', 'i'){% endmacro %}

{# The words of a text, in order, each with the blanks that follow it. #}
{% macro text_words(text) %}regexp_extract_all({{ text }}, '\S+\s*'){% endmacro %}

{# One row per distinct text of a column of a relation: the `text` itself, and `masked`: the same with '•••' for each name of int_person_names.
   A name is two words or more, and whole words. #}
{% macro texts_without_names(relation, column) %}
    with texts as (
        select distinct {{ column }} as text
        from {{ relation }}
        where {{ column }} is not null
    ),

    split as (
        select
            text,
            {{ text_words('text') }} as words
        from texts
    ),

    placed as (
        select
            text,
            unnest(words) as word,
            generate_subscripts(words, 1) as place
        from split
    ),

    keyed as (
        select
            *,
            {{ name_key('word') }} as word_key
        from placed
    ),

    lengths as (
        select distinct words from {{ ref('int_person_names') }}
    ),

    -- every run of words that is as long as some name
    runs as (
        select
            first_words.text,
            first_words.place,
            lengths.words,
            string_agg(next_words.word_key, ' ' order by next_words.place) as run_key
        from keyed as first_words
        cross join lengths
        inner join keyed as next_words
            on
                first_words.text = next_words.text
                and next_words.place >= first_words.place
                and next_words.place < first_words.place + lengths.words
        group by first_words.text, first_words.place, lengths.words
    ),

    named as (
        select
            runs.text,
            runs.place,
            runs.words
        from runs
        inner join {{ ref('int_person_names') }} as names
            on runs.run_key = names.name_key and runs.words = names.words
    ),

    marked as (
        select
            keyed.text,
            keyed.place,
            keyed.word,
            count(named.place) > 0 as is_name
        from keyed
        left join named
            on
                keyed.text = named.text
                and keyed.place >= named.place
                and keyed.place < named.place + named.words
        group by keyed.text, keyed.place, keyed.word
    ),

    bounded as (
        select
            *,
            lag(is_name) over (partition by text order by place) as follows_name,
            lead(is_name) over (partition by text order by place) as precedes_name
        from marked
    )

    select
        text,
        string_agg(
            case
                when not is_name then word
                else
                    case when not coalesce(follows_name, false) then regexp_extract(word, '^[^\p{L}\p{N}]*') || '•••' else '' end
                    || case when not coalesce(precedes_name, false) then regexp_extract(word, '[^\p{L}\p{N}]*$') else '' end
            end,
            '' order by place
        ) as masked
    from bounded
    group by text
{% endmacro %}
