-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h04') }}
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
        commune_name,
        commune_code,
        commune_suggested_code,
        village,
        kind,
        owner_name,
        criteria_met,
        status,
        recognised_on,
        note
    from source
)

select * from renamed
