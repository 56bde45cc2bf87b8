with source as (
    select * from {{ source('landed', 'columns') }}
),

renamed as (
    select
        submission_id,
        sheet,
        table_no,
        field,
        column_letter
    from source
)

select * from renamed
