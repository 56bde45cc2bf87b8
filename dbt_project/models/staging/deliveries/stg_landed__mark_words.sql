with source as (
    select * from {{ source('landed', 'mark_words') }}
),

renamed as (
    select
        word,
        mark
    from source
)

select * from renamed
