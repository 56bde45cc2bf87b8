with source as (
    select * from {{ source('landed', 'overlay_contacts') }}
),

renamed as (
    select
        reporter_code,
        name as contact_name,
        email,
        phone
    from source
)

select * from renamed
