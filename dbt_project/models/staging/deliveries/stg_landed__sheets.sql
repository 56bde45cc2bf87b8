with source as (
    select * from {{ source('landed', 'sheets') }}
),

renamed as (
    select
        delivery_id,
        sheet,
        sheet_no,
        kind,
        forms
    from source
)

select * from renamed
