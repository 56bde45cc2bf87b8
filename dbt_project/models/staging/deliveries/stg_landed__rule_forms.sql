with source as (
    select * from {{ source('landed', 'rule_forms') }}
),

renamed as (
    select
        rule_id,
        form
    from source
)

select * from renamed
