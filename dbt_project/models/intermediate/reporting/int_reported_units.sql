-- Who answers for a unit on a form, and while: its district, or the unit itself, by the routes.
with routes as (
    select * from {{ ref('stg_reference__reporting_routes') }} where reported_units in ('its_communes', 'itself')
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

units as (
    select * from {{ ref('stg_reference__units') }} where level = 'commune'
),

territories as (
    select
        *,
        parent_code as territory_code,
        'its_communes' as reported_units
    from units
    union all
    select
        *,
        unit_code as territory_code,
        'itself' as reported_units
    from units
),

covered as (
    select
        routes.form,
        territories.unit_code,
        territories.kind = 'xã' as is_rural,
        reporters.reporter_code,
        greatest(territories.valid_from, reporters.valid_from, routes.valid_from) as valid_from,
        least(territories.valid_to, reporters.valid_to, routes.valid_to) as valid_to
    from routes
    inner join reporters
        on routes.reporter_type = reporters.reporter_type
    inner join territories
        on routes.reported_units = territories.reported_units and reporters.reporter_code = territories.territory_code
)

select * from covered
where valid_from < valid_to
