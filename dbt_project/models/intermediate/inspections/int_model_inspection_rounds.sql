-- Rounds (days) of inspection in a month that visited a model formed within the months set for it; no row where the month's V01 is not there.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'V01' and submission_id is not null
),

list_submissions as (
    select * from {{ ref('int_obligations') }} where form = 'H02' and submission_id is not null
),

inspections as (
    select * from {{ ref('stg_office__v01') }} where unused_reason is null and item_kind = 'model'
),

models as (
    select * from {{ ref('stg_districts__h02') }} where unused_reason is null and started_on is not null
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

formed as (
    select distinct
        models.commune_code,
        lower(trim(models.model_name)) as model_name,
        models.started_on
    from models
    inner join list_submissions
        on models.submission_id = list_submissions.submission_id
),

visits as (
    select
        inspections.submission_id,
        inspections.inspected_on
    from inspections
    inner join windows
        on inspections.inspected_on >= windows.month and inspections.inspected_on <= windows.month_end
    inner join formed
        on
            inspections.commune_code = formed.commune_code
            and lower(trim(inspections.item)) = formed.model_name
            and formed.started_on <= inspections.inspected_on
            and formed.started_on >= {{ add_months('inspections.inspected_on', '-windows.new_model_age_months') }}
)

select
    submissions.month,
    count(distinct visits.inspected_on) as rounds
from submissions
left join visits
    on submissions.submission_id = visits.submission_id
group by submissions.month
