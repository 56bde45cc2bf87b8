with source as (
    select * from {{ source('reference', 'unit_changes') }}
),

renamed as (
    select
        effective_date as effective_on,
        change_type,
        old_code,
        new_code,
        share,
        decree,
        note
    from source
)

select * from renamed
