with source as (
    select * from {{ source('reference', 'leadership_index_weights') }}
),

renamed as (
    select
        component,
        definition_en,
        weight,
        normalisation,
        notice_words_vi,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
