with source as (
    select * from {{ source('reference', 'labels') }}
),

renamed as (
    select
        code,
        label_vi,
        label_en
    from source
)

select * from renamed
