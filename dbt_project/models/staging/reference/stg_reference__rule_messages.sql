with source as (
    select * from {{ source('reference', 'rule_messages') }}
),

renamed as (
    select
        rule_id,
        variant,
        message_vi,
        message_en
    from source
)

select * from renamed
