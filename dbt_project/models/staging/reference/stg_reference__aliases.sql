with source as (
    select * from {{ source('reference', 'aliases') }}
),

renamed as (
    select
        alias,
        code as unit_code,
        variant_kind,
        ambiguous as is_ambiguous,
        other_codes,
        status,
        evidence,
        note
    from source
)

select * from renamed
