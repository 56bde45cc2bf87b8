
-- Fixture for stg_reference__calendar_exceptions
select cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "form", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "kind", cast(null as DATE) as "due_on", cast(null as character varying(256)) as "reason"
    limit 0