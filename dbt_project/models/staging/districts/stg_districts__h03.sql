-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h03') }}
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
        name,
        kind,
        commune_name,
        commune_code,
        commune_suggested_code,
        registration_no,
        founded_on,
        sector,
        capital_million_vnd,
        members,
        status,
        note
    from source
)

select * from renamed
