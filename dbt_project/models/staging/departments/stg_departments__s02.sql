-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 's02') }}
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
        officer_name,
        field,
        from_date,
        to_date,
        is_full_time,
        note
    from source
)

select * from renamed
