-- Written from the form definitions by `make forms`; change those.
with source as (
    select * from {{ source('landed', 'h07') }}
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
        total_million_vnd,
        central_budget_million_vnd,
        provincial_budget_million_vnd,
        district_budget_million_vnd,
        commune_budget_million_vnd,
        integrated_programmes_million_vnd,
        credit_million_vnd,
        enterprises_million_vnd,
        people_cash_million_vnd,
        people_labour_million_vnd,
        people_land_million_vnd,
        other_million_vnd,
        note
    from source
)

select * from renamed
