
-- Fixture for stg_reference__departments
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "reporter_type", cast(null as character varying(256)) as "name_vi", cast(null as character varying(256)) as "name_en", cast(null as character varying(256)) as "aliases", cast(null as BOOLEAN) as "is_seconding_an_officer", cast(null as character varying(256)) as "note", cast(null as DATE) as "valid_from", cast(null as DATE) as "valid_to"
    limit 0