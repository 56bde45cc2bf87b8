with source as (
    select * from {{ source('reference', 'targets') }}
),

renamed as (
    select
        target_id,
        name_vi,
        name_en,
        level,
        metric_en,
        operator,
        value as target_value,
        unit,
        deadline,
        notice_item,
        unit_kinds,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
