with source as (
    select * from {{ source('reference', 'holidays') }}
),

renamed as (
    select
        date as holiday_on,
        name_vi
    from source
)

select * from renamed
