-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'm01') }}
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
        activity,
        format,
        planned,
        done,
        budget_million_vnd,
        appraised_million_vnd,
        promotes_local_goods,
        note
    from source
)

select * from renamed
