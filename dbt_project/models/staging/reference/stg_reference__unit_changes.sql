with source as (
    select * from {{ ref('unit_changes') }}
),

renamed as (
    select
        cast(effective_date as date) as effective_on,
        change_type,
        old_code,
        new_code,
        decree,
        note
    from source
)

select * from renamed
