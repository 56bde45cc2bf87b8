with source as (
    select * from {{ source('reference', 'inspection_weights') }}
),

renamed as (
    select
        component,
        weight,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
