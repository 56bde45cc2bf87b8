with source as (
    select * from {{ source('reference', 'rule_variants') }}
),

renamed as (
    select
        rule_id,
        variant,
        severity
    from source
)

select * from renamed
