
-- Fixture for int_commune_assignments
select cast(null as DATE) as "month", cast(null as character varying(256)) as "commune_code", cast(null as character varying(256)) as "district_code", cast(null as DATE) as "continuous_since_on", cast(null as character varying(256)) as "submission_id", cast(null as BIGINT) as "officers", cast(null as BIGINT) as "leaders", cast(null as BOOLEAN) as "has_officer", cast(null as BOOLEAN) as "has_leader"
    limit 0