with source as (
    select * from {{ ref('rule_variants') }}
),

renamed as (
    select
        rule_id,
        variant,
        severity,
        uses_value
    from source
)

select * from renamed
