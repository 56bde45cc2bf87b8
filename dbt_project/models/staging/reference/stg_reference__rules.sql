with source as (
    select * from {{ source('reference', 'rules') }}
),

renamed as (
    select
        rule_id,
        severity,
        about,
        asks_for,
        layer,
        description_vi,
        description_en
    from source
)

select * from renamed
