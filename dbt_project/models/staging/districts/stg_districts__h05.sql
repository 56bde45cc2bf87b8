-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h05') }}
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
        position,
        seconded_from,
        field,
        is_full_time,
        from_date,
        to_date,
        note
    from source
)

select * from renamed
