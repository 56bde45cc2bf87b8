
-- Fixture for int_reporter_reports
select cast(null as DATE) as "month", cast(null as character varying(256)) as "reporter_code", cast(null as BIGINT) as "reports_expected", cast(null as BIGINT) as "reports_received", cast(null as BIGINT) as "reports_on_time"
    limit 0