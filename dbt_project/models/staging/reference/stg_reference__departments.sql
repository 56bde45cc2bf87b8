with source as (
    select * from {{ source('reference', 'departments') }}
),

renamed as (
    select
        reporter_code,
        reporter_type,
        name_vi,
        name_en,
        aliases,
        seconds_an_officer as is_seconding_an_officer,
        note,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
