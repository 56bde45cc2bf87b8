
-- Fixture for stg_landed__rows
select cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "table_no", cast(null as INTEGER) as "row_number", cast(null as character varying(256)) as "item_key", cast(null as character varying(256)) as "unused_reason", cast(null as INTEGER) as "required_cells", cast(null as INTEGER) as "filled_cells"
    limit 0