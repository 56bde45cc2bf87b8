with source as (
    {{ overlaid(
        'leadership_index_weights',
        key=['component', 'valid_from'],
        columns=['component', 'definition_en', 'weight', 'normalisation', 'notice_words_vi', 'valid_from', 'valid_to', 'source']
    ) }}
),

renamed as (
    select
        component,
        definition_en,
        cast(weight as double) as weight,
        normalisation,
        notice_words_vi,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
),

-- a later row of the same component ends the earlier one
bounded as (
    select
        component,
        definition_en,
        weight,
        normalisation,
        notice_words_vi,
        valid_from,
        least(valid_to, coalesce(lead(valid_from) over (partition by component order by valid_from), valid_to)) as valid_to
    from renamed
)

select * from bounded
