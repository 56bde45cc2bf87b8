with source as (
    select * from {{ source('reference', 'reporting_calendar') }}
),

renamed as (
    select
        form,
        reporter_type,
        reporters,
        frequency,
        due_days_after_period_end as due_days,
        due_in,
        non_working_day,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
