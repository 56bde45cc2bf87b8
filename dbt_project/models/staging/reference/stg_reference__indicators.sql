with source as (
    select * from {{ ref('indicators') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        cast(criterion_no as integer) as criterion_no,
        indicator_no,
        name_vi,
        name_en,
        threshold_operator,
        threshold_value,
        unit,
        region,
        responsible_department,
        source,
        confidence,
        cast(threshold_num as double) as threshold_number,
        cast(threshold_num2 as double) as threshold_number_2,
        note
    from source
)

select * from renamed
