
-- Fixture for int_officers
select cast(null as character varying(256)) as "period", cast(null as DATE) as "month", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "office_code", cast(null as character varying(256)) as "submission_id", cast(null as character varying(256)) as "field", cast(null as BOOLEAN) as "is_full_time", cast(null as BIGINT) as "officers"
    limit 0