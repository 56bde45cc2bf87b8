with source as (
    {{ overlaid('holidays', key=['date'], columns=['date', 'name_vi', 'confidence']) }}
),

renamed as (
    select
        cast(date as date) as holiday_on,
        name_vi
    from source
)

select * from renamed
