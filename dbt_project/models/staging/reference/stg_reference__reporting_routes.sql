with source as (
    select * from {{ source('reference', 'reporting_routes') }}
),

renamed as (
    select
        form,
        reporter_type,
        units as reported_units,
        rolls_up_to,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
