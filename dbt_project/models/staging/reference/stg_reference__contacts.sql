with source as (
    select * from {{ source('reference', 'contacts') }}
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
