with source as (
    select * from {{ source('reference', 'calendar_exceptions') }}
),

renamed as (
    select
        reporter_code,
        form,
        period,
        kind,
        due_on,
        reason
    from source
)

select * from renamed
