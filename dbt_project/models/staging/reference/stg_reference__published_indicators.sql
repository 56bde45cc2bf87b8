with source as (
    select * from {{ source('reference', 'published_indicators') }}
),

renamed as (
    select
        indicator,
        numerator,
        denominator,
        covered,
        carried
    from source
)

select * from renamed
