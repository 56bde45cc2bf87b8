with source as (
    select * from {{ source('landed', 'h01') }}
),

unpivoted as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        commune_code,
        unused_reason,
        unreadable_fields,
        field,
        status
    from source
    unpivot include nulls (
        status for field in ({% for n in criterion_numbers() %}criterion_{{ n }}{{ ", " if not loop.last }}{% endfor %})
    )
),

renamed as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        commune_code,
        unused_reason,
        field,
        cast(substr(field, 11) as integer) as criterion_no,
        status,
        {{ is_unreadable("field") }} as is_unreadable
    from unpivoted
)

select * from renamed
