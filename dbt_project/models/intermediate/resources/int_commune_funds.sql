-- Funds of a commune by the H07 of a quarter, cumulative within the year. A row that could not be used says nothing.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

reported_units as (
    select * from {{ ref('int_reported_units') }} where form = 'H07'
),

submissions as (
    select * from {{ ref('int_obligations') }} where form = 'H07' and submission_id is not null
),

funds as (
    select * from {{ ref('stg_districts__h07') }} where unused_reason is null and commune_code is not null
)

select
    submissions.period,
    communes.month,
    communes.commune_code,
    communes.district_code,
    communes.continuous_since_on,
    submissions.submission_id,
    funds.sheet,
    funds.table_no,
    funds.row_number,
    funds.total_million_vnd,
    {% for source in fund_sources() %}
    funds.{{ source }}_million_vnd{{ "," if not loop.last }}
    {% endfor %}
from communes
inner join reported_units
    on communes.commune_code = reported_units.unit_code and {{ is_valid_on('communes.month_end', 'reported_units') }}
inner join submissions
    on reported_units.reporter_code = submissions.reporter_code and communes.month = submissions.month
inner join funds
    on submissions.submission_id = funds.submission_id and communes.commune_code = funds.commune_code
