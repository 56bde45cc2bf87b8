-- What the rows of all forms have in common.
with united as (
    {% for table in (forms() | map(attribute='table') | list) + ['own_cells'] %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        required_cells,
        filled_cells
    from {{ source('landed', table) }}
    {{ "where field_no = 1" if table == 'own_cells' }}
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select * from united
