-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h01') }}
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
        criterion_1,
        criterion_2,
        criterion_3,
        criterion_4,
        criterion_5,
        criterion_6,
        criterion_7,
        criterion_8,
        criterion_9,
        criterion_10,
        criterion_11,
        criterion_12,
        criterion_13,
        criterion_14,
        criterion_15,
        criterion_16,
        criterion_17,
        criterion_18,
        criterion_19,
        criterion_20,
        criteria_met_stated,
        change_stated,
        note
    from source
)

select * from renamed
