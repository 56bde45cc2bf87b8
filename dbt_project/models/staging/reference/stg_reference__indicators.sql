with source as (
    select * from {{ source('reference', 'indicators') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        criterion_no,
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
        threshold_num as threshold_number,
        threshold_num2 as threshold_number_2,
        note
    from source
)

select * from renamed
