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
        recurrence
    from source
)

select * from renamed
