with source as (
    select * from {{ source('landed', 'forms') }}
),

renamed as (
    select
        form,
        number,
        title,
        every,
        is_register,
        is_cumulative,
        is_nil_allowed
    from source
)

select * from renamed
