with source as (
    select * from {{ source('reference', 'owner_groups') }}
),

renamed as (
    select
        owner_group,
        reporter_type,
        has_criteria
    from source
)

select * from renamed
