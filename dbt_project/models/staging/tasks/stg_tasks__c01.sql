-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'c01') }}
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
        task_code,
        task,
        document_no,
        status,
        percent_done,
        done_on,
        evidence,
        difficulty,
        note
    from source
)

select * from renamed
