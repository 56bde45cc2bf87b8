-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'v01') }}
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
        inspected_on,
        commune_name,
        commune_code,
        commune_suggested_code,
        item_kind,
        item,
        reported_value,
        observed_value,
        is_confirmed,
        inspector,
        note
    from source
)

select * from renamed
