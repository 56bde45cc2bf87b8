-- The items of the V01 that stands for each month.
with items as (
    {{ accepted_rows('stg_office__v01', 'V01', cell_of='is_confirmed') }}
)

select
    month,
    submission_id,
    sheet,
    table_no,
    row_number,
    cell,
    inspected_on,
    commune_code,
    item_kind,
    item_key,
    item,
    case when item_kind = 'criterion' then try_cast(item as integer) end as criterion_no,
    is_confirmed
from items
