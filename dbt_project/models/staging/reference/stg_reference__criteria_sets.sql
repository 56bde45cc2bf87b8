with source as (
    select * from {{ source('reference', 'criteria_sets') }}
),

renamed as (
    select
        set_id as criteria_set_id,
        document,
        issuer,
        issued_on as issued_text,
        title_vi,
        applies_to,
        n_criteria as criteria_total,
        is_commune_set,
        {{ valid_from('valid_from') }} as valid_from,
        {{ valid_to('valid_to') }} as valid_to,
        source,
        confidence
    from source
)

select * from renamed
