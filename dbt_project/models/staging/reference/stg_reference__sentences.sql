with source as (
    select * from {{ source('reference', 'sentences') }}
),

renamed as (
    select
        code,
        sentence_vi,
        sentence_en
    from source
)

select * from renamed
