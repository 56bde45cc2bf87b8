with source as (
    {{ overlaid(
        'targets',
        key=['target_id'],
        columns=['target_id', 'name_en', 'level', 'metric_en', 'operator', 'value', 'unit', 'deadline', 'notice_item', 'unit_kinds']
    ) }}
),

renamed as (
    select
        target_id,
        name_en,
        level,
        metric_en,
        operator,
        cast(value as double) as target_value,
        unit,
        cast(deadline as date) as deadline,
        notice_item,
        unit_kinds
    from source
)

select * from renamed
