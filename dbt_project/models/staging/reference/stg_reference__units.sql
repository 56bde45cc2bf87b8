with source as (
    select * from {{ source('reference', 'units') }}
),

renamed as (
    select
        level,
        code as unit_code,
        name_vi,
        kind,
        parent_code,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
