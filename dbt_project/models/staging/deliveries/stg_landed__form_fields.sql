with source as (
    select * from {{ source('landed', 'form_fields') }}
),

renamed as (
    select
        form,
        field,
        position,
        type,
        is_required,
        is_personal,
        is_compared,
        label_vi,
        label_en
    from source
)

select * from renamed
