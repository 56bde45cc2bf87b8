with source as (
    select * from {{ ref('inspection_weights') }}
),

renamed as (
    select
        component,
        cast(weight as double) as weight,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to
    from source
),

-- a later row of the same component ends the earlier one
bounded as (
    select
        component,
        weight,
        valid_from,
        least(valid_to, coalesce(lead(valid_from) over (partition by component order by valid_from), valid_to)) as valid_to
    from renamed
)

select * from bounded
