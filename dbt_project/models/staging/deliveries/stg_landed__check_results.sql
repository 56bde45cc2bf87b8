with source as (
    select * from {{ source('landed', 'check_results') }}
),

renamed as (
    select * from source
)

select * from renamed
