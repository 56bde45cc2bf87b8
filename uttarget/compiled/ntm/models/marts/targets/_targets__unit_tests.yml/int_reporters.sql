
-- Fixture for int_reporters
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0