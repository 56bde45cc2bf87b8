with source as (
    select * from {{ ref('criteria') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        cast(criterion_no as integer) as criterion_no,
        name_vi,
        name_en,
        group_no,
        group_vi,
        group_en,
        cast(n_indicators as integer) as indicators,
        responsible_ministry,
        responsible_department,
        responsible_reporter_code,
        source,
        confidence
    from source
)

select * from renamed
