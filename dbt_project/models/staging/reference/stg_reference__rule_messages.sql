with source as (
    select * from {{ ref('rule_messages') }}
),

renamed as (
    select
        rule_id,
        coalesce(variant, '') as variant,
        message_vi,
        message_en
    from source
)

select * from renamed
