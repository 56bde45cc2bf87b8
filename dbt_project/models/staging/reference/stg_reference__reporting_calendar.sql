with source as (
    {{ overlaid(
        'reporting_calendar',
        key=['form', 'reporter_type', 'reporters', 'valid_from'],
        columns=['form', 'reporter_type', 'reporters', 'frequency', 'due_days_after_period_end', 'non_working_day', 'valid_from', 'valid_to', 'source']
    ) }}
),

renamed as (
    select
        form,
        reporter_type,
        reporters,
        frequency,
        cast(due_days_after_period_end as integer) as due_days,
        coalesce(non_working_day, 'keep') as non_working_day,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
)

select * from renamed
