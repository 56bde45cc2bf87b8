-- Written from the form definitions by `make forms`; change those.
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
        is_accepted,
        accepted_by,
        note,
        sender,
        severity,
        place,
        problem,
        received_value,
        expected_value
    from source
)

select * from renamed
