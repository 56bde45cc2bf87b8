with source as (
    {{ overlaid(
        'aliases',
        key=['alias', 'code'],
        columns=['alias', 'code', 'variant_kind', 'ambiguous', 'other_codes', 'status', 'evidence', 'note']
    ) }}
),

renamed as (
    select
        alias,
        code as unit_code,
        variant_kind,
        ambiguous = 'yes' as is_ambiguous,
        other_codes,
        status,
        evidence,
        note
    from source
)

select * from renamed
