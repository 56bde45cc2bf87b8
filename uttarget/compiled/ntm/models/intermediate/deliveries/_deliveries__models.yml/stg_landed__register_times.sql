
-- Fixture for stg_landed__register_times
select cast(null as character varying(256)) as "delivery_id", cast(null as TIMESTAMP) as "first_counted_from"
    limit 0