with source as (
    select * from {{ source('reference', 'duties') }}
),

renamed as (
    select
        item,
        owner_vi,
        duty_vi,
        duty_en,
        target,
        deadline,
        period,
        evidence,
        partners_vi,
        trackability,
        note,
        owner_codes,
        due_on,
        recurrence,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
