with source as (
    select * from {{ source('landed', 'totals') }}
),

renamed as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        field,
        column_letter,
        stated,
        computed,
        rows as rows_totalled,
        unreadable_cells,
        fits_without_row
    from source
)

select * from renamed
