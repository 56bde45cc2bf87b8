
-- Fixture for stg_reference__units
select cast(null as character varying(256)) as "level", cast(null as character varying(256)) as "unit_code", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "kind", cast(null as character varying(256)) as "parent_code", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0