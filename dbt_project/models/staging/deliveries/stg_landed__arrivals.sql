with source as (
    select * from {{ source('landed', 'arrivals') }}
),

renamed as (
    select
        arrival_no,
        delivery_id,
        path,
        modified_at
    from source
)

select * from renamed
