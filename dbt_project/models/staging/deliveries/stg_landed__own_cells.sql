with source as (
    select * from {{ source('landed', 'own_cells') }}
),

renamed as (
    select
        form,
        submission_id,
        delivery_id,
        sheet,
        table_no,
        row_number,
        landed_no,
        item_key,
        unused_reason,
        required_cells,
        filled_cells,
        unit_code,
        field_no,
        field,
        value
    from source
)

select * from renamed
