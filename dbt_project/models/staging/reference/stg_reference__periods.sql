with source as (
    select * from {{ source('reference', 'periods') }}
),

renamed as (
    select
        period,
        frequency,
        month,
        first_day as period_start,
        last_day as period_end
    from source
)

select * from renamed
