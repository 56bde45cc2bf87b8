-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 's01') }}
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
        district_name,
        district_code,
        commune_name,
        commune_code,
        commune_suggested_code,
        criterion_no,
        indicator_no,
        value,
        unit,
        status,
        checked_on,
        note,
        is_wide
    from source
)

select * from renamed
