-- Statuses and commune months are the same communes, and give the same counts; each expected value has one row.
{{ config(meta={
    'vi': '{failed} xã-tháng có số đếm khác kết quả từng tiêu chí',
    'en': "{failed} commune months whose counts are not those of the criteria",
}) }}
with statuses as (
    select
        month,
        commune_code,
        count(*) as criteria_total,
        count(distinct criterion_no) as criteria,
        count(case when reported_state <> 'reported' then 1 end) as criteria_unknown,
        count(case when verified_status = 'met' then 1 end) as criteria_met_verified,
        count(case when (reported_state = 'reported') <> (reported_status is not null) then 1 end) as contradictions
    from {{ ref('fct_criterion_statuses') }}
    group by month, commune_code
)

select
    communes.month,
    communes.commune_code
from {{ ref('commune_months') }} as communes
full join statuses
    on communes.month = statuses.month and communes.commune_code = statuses.commune_code
where
    communes.criteria_total is distinct from statuses.criteria_total
    or statuses.criteria <> statuses.criteria_total
    or communes.criteria_unknown <> statuses.criteria_unknown
    or communes.criteria_met_verified <> statuses.criteria_met_verified
    or (communes.criteria_met_reported is null) <> (statuses.criteria_unknown > 0)
    or statuses.contradictions > 0
