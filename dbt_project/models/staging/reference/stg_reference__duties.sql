with source as (
    select * from {{ ref('duties') }}
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
        try_cast(due_on as date) as due_on,
        recurrence
    from source
)

select * from renamed
