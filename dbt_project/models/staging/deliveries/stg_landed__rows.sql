-- What the rows of all forms have in common.
with united as (
    {% for form in forms() %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        required_cells,
        filled_cells
    from {{ source('landed', form.table) }}
    union all
    {% endfor %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        required_cells,
        filled_cells
    from {{ source('landed', 'own_cells') }}
    where field_no = 1
)

select * from united
