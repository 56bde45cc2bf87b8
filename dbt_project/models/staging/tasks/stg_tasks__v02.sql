-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'v02') }}
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
        document_no,
        issued_on,
        summary,
        task_code,
        task,
        owner_name,
        owner_codes,
        partners,
        due_on,
        recurrence,
        target,
        note
    from source
)

select * from renamed
