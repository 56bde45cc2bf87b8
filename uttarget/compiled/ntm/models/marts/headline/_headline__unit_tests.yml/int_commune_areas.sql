
-- Fixture for int_commune_areas
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "residential_areas_recognised", cast(null as BIGINT) as "gardens_recognised"
    limit 0