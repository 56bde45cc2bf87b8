-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'v05') }}
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
        decided_submission_id,
        decided_path,
        decided_sha256,
        decision,
        reason,
        decided_on,
        decided_by,
        note,
        report,
        received,
        problem
    from source
)

select * from renamed
