-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 's03') }}
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
        product,
        district_name,
        district_code,
        linked_models,
        linked_enterprises,
        area_ha,
        output_tonnes,
        revenue_million_vnd,
        note
    from source
)

select * from renamed
