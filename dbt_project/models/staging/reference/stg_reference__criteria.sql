with source as (
    select * from {{ source('reference', 'criteria') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        criterion_no,
        name_vi,
        name_en,
        group_no,
        group_vi,
        group_en,
        n_indicators as indicators,
        responsible_ministry,
        responsible_department,
        responsible_reporter_code,
        source,
        confidence
    from source
)

select * from renamed
