-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'v03') }}
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
        received_at,
        document_no,
        sender_name,
        sender_code,
        period,
        file_name,
        note,
        is_withdrawal,
        subject,
        sent_from,
        message_id,
        file_sha256,
        message_text
    from source
)

select * from renamed
