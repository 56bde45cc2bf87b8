-- What the rows of all forms have in common.
{% set forms = ['h01', 'h02', 'h03', 'h04', 'h05', 'h06', 'h07', 's01', 's02', 's03', 'c01', 'm01', 'v01', 'v02', 'v03', 'v04'] %}
with united as (
    {% for form in forms %}
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        item_key,
        unused_reason,
        required_cells,
        filled_cells
    from {{ source('landed', form) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select * from united
