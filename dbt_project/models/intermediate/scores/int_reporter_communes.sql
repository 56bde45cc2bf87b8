-- Of the rural communes that a reporter's H01 and H07 are to speak of, how many they do speak of.
with obligations as (
    select * from {{ ref('int_obligations') }}
),

reported_units as (
    select * from {{ ref('int_reported_units') }} where is_rural
),

-- a name that was resolved is there, whether its row can be used or not
named as (
    {% for form in ['h01', 'h07'] %}
    select distinct
        submission_id,
        commune_code
    from {{ ref('stg_districts__' ~ form) }}
    where commune_code is not null
    {{ "union" if not loop.last }}
    {% endfor %}
)

select
    obligations.reporter_code,
    obligations.month,
    count(*) as expected_communes,
    count(named.commune_code) as present_communes
from obligations
inner join reported_units
    on
        obligations.form = reported_units.form
        and obligations.reporter_code = reported_units.reporter_code
        and {{ is_valid_on('obligations.period_end', 'reported_units') }}
left join named
    on
        obligations.submission_id = named.submission_id
        and reported_units.unit_code = named.commune_code
where obligations.form in ('H01', 'H07') and (obligations.submission_id is not null or obligations.is_past_due)
group by obligations.reporter_code, obligations.month
