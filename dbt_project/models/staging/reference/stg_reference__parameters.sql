with source as (
    select * from {{ source('reference', 'parameters') }}
),

renamed as (
    select
        name,
        value,
        unit,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
