-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h02') }}
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
        model_name,
        commune_name,
        commune_code,
        commune_suggested_code,
        village,
        owner_name,
        owner_kind,
        sector,
        product,
        size,
        revenue_million_vnd,
        workers,
        started_on,
        is_linked,
        linked_buyer,
        status,
        note
    from source
)

select * from renamed
