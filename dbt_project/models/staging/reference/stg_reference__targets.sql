with source as (
    select * from {{ source('reference', 'targets') }}
),

renamed as (
    select
        target_id,
        name_en,
        level,
        metric_en,
        operator,
        value as target_value,
        unit,
        deadline,
        notice_item,
        unit_kinds
    from source
)

select * from renamed
