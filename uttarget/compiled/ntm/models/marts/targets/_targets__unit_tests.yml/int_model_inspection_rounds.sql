
-- Fixture for int_model_inspection_rounds
select cast(null as DATE) as "month", cast(null as BIGINT) as "rounds"
    limit 0