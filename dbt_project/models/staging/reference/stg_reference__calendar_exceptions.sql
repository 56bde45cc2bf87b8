with source as (
    {{ overlaid(
        'calendar_exceptions',
        key=['reporter_code', 'form', 'period'],
        columns=['reporter_code', 'form', 'period', 'kind', 'due_on', 'reason']
    ) }}
),

renamed as (
    select
        reporter_code,
        form,
        period,
        kind,
        cast(due_on as date) as due_on,
        reason
    from source
)

select * from renamed
