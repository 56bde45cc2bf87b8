with source as (
    select * from {{ ref('income_thresholds') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        cast(year as integer) as year,
        region,
        cast(threshold_min as double) as threshold_min,
        unit,
        source,
        confidence,
        note
    from source
)

select * from renamed
