with source as (
    select * from {{ source('landed', 'id_secret') }}
),

renamed as (
    select secret from source
)

select * from renamed
