with source as (
    select * from {{ ref('labels') }}
),

renamed as (
    select
        code,
        label_vi,
        label_en
    from source
)

select * from renamed
