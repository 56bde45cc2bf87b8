with source as (
    select * from {{ source('reference', 'provisional_codes') }}
),

renamed as (
    select
        provisional_code,
        name_vi,
        final_code,
        unit_that_held_this_code_before,
        source
    from source
)

select * from renamed
