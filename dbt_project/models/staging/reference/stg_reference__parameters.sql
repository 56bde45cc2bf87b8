with source as (
    {{ overlaid('parameters', key=['name', 'valid_from'], columns=['name', 'value', 'unit', 'valid_from', 'valid_to']) }}
),

renamed as (
    select
        name,
        value,
        unit,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
),

-- a later row of the same name ends the earlier one
bounded as (
    select
        name,
        value,
        unit,
        valid_from,
        least(valid_to, coalesce(lead(valid_from) over (partition by name order by valid_from), valid_to)) as valid_to
    from renamed
)

select * from bounded
