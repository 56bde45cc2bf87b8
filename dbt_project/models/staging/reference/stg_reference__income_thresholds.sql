with source as (
    select * from {{ source('reference', 'income_thresholds') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        year,
        region,
        threshold_min,
        unit,
        source,
        confidence,
        note
    from source
)

select * from renamed
