with source as (
    select * from {{ source('reference', 'reporters') }}
),

renamed as (
    select
        reporter_code,
        reporter_type,
        unit_level,
        name_vi,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
