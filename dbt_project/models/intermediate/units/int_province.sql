-- Whose warehouse this is: the province of the list of units and the Office of that of reporters, as of the day asked for.
with provinces as (
    {{ current_rows("(select * from " ~ ref('stg_reference__units') ~ " where level = 'province')", 'level') }}
),

offices as (
    {{ current_rows("(select * from " ~ ref('stg_reference__reporters') ~ " where reporter_type = 'office')", 'reporter_type') }}
)

select
    provinces.unit_code as province_code,
    offices.reporter_code as office_code
from provinces
full outer join offices
    on true
