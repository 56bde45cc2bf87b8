with source as (
    select * from {{ source('landed', 'v04') }}
),

renamed as (
    select
        submission_id,
        delivery_id,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        unreadable_fields,
        required_cells,
        filled_cells,
        row_no,
        finding_id,
        explanation,
        explained_by,
        explained_on,
        accepted as is_accepted,
        accepted_by,
        note
    from source
)

select * from renamed
