with source as (
    select * from {{ source('landed', 'findings') }}
),

renamed as (
    select
        delivery_id,
        submission_id,
        rule_id,
        variant,
        sheet,
        cell,
        row_number,
        field,
        unit_code,
        unit_name,
        item_key,
        value,
        value_kind,
        expected,
        expected_kind,
        expected_low,
        expected_high,
        coalesce(is_personal, false) as is_personal,
        related_sheet,
        related_cell,
        related_value,
        difference
    from source
)

select * from renamed
