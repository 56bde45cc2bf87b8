-- Which list of which submission speaks of a commune, and whether what it says of the commune can be known.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

reported_units as (
    select * from {{ ref('int_reported_units') }}
),

submissions as (
    select * from {{ ref('int_obligations') }} where form in ('H02', 'H03', 'H04', 'H06') and submission_id is not null
),

list_rows as (
    {% for form in ['h02', 'h03', 'h04', 'h06'] %}
    select
        submission_id,
        commune_code,
        unused_reason
    from {{ ref('stg_districts__' ~ form) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

-- a row that could not be placed may be of any commune that is absent; a row of another territory's commune (R02) is of none
submission_gaps as (
    select distinct submission_id
    from list_rows
    where commune_code is null and coalesce(unused_reason, 'used') <> 'R02'
),

-- a row of the commune that could not be used hides what it says; the second of two equal rows (R03_same) hides nothing
commune_rows as (
    select
        submission_id,
        commune_code,
        bool_or(coalesce(unused_reason, 'R03_same') <> 'R03_same') as has_unusable_row
    from list_rows
    where commune_code is not null
    group by submission_id, commune_code
)

select
    communes.month,
    communes.commune_code,
    communes.district_code,
    communes.continuous_since_on,
    submissions.form,
    submissions.submission_id,
    case
        when commune_rows.commune_code is not null then not commune_rows.has_unusable_row
        else submission_gaps.submission_id is null
    end as is_known
from communes
inner join reported_units
    on communes.commune_code = reported_units.unit_code and {{ is_valid_on('communes.month_end', 'reported_units') }}
inner join submissions
    on
        reported_units.form = submissions.form
        and reported_units.reporter_code = submissions.reporter_code
        and communes.month = submissions.month
left join commune_rows
    on submissions.submission_id = commune_rows.submission_id and communes.commune_code = commune_rows.commune_code
left join submission_gaps
    on submissions.submission_id = submission_gaps.submission_id
