-- The communes of the reporter's territory against the names on its report. A name that R01 or R03 is about, or that R01 suggests, is there.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and not is_nil and form in ('H01', 'H07')
),

communes as (
    select * from {{ ref('int_reported_units') }} where is_rural
),

units as (
    select * from {{ ref('stg_reference__units') }}
),

named as (
    select
        submission_id,
        commune_code
    from {{ ref('stg_districts__h01') }}
    union
    select
        submission_id,
        commune_suggested_code as commune_code
    from {{ ref('stg_districts__h01') }}
    union
    select
        submission_id,
        commune_code
    from {{ ref('stg_districts__h07') }}
    union
    select
        submission_id,
        commune_suggested_code as commune_code
    from {{ ref('stg_districts__h07') }}
)

select {{ rule_row('R04', {
    'outcome': outcome('named.commune_code is null'),
    'reporter_code': 'submissions.reporter_code',
    'form': 'submissions.form',
    'period': 'submissions.period',
    'submission_id': 'submissions.submission_id',
    'sheet': 'submissions.sheets',
    'unit_code': 'communes.unit_code',
    'field': "'commune'",
    'expected': 'units.name_vi',
    'detected_at': 'submissions.received_at'
}) }}
from submissions
inner join communes
    on
        submissions.reporter_code = communes.reporter_code
        and submissions.form = communes.form
        and {{ is_valid_on('submissions.period_end', 'communes') }}
inner join units
    on communes.unit_code = units.unit_code and {{ is_valid_on('submissions.period_end', 'units') }}
left join named
    on
        submissions.submission_id = named.submission_id
        and communes.unit_code = named.commune_code
