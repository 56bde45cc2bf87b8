-- What districts have adds up to what the province has, count by count; what is unknown everywhere is unknown in the sum.
{{ config(meta={
    'vi': '{failed} tháng có số của tỉnh khác tổng các huyện',
    'en': "{failed} months where the province is not the sum of its districts",
}) }}
{% set counts = [
    'communes_expected', 'communes_reported', 'communes_counted_criteria', 'communes_counted_models', 'communes_counted_establishments',
    'communes_counted_areas', 'communes_counted_funds', 'communes_counted_assignments', 'communes_counted_gains', 'criteria_gained',
    'communes_at_19', 'communes_15_18', 'communes_10_14', 'communes_5_9', 'communes_under_5', 'communes_under_7', 'communes_all_model_sizes',
    'communes_without_model', 'communes_with_enterprise', 'communes_with_cooperative', 'models_running', 'models_new', 'enterprises_new',
    'cooperatives_new', 'residential_areas_recognised', 'gardens_recognised', 'full_time_officers', 'communes_with_officer', 'weak_communes',
    'weak_communes_with_leader', 'tasks_due', 'tasks_done_on_time', 'reports_expected', 'reports_received', 'reports_on_time',
] %}
with districts as (
    select
        month,
        {% for count in counts %}
        sum({{ count }}) as {{ count }},
        {% endfor %}
        count(*) as districts_expected
    from {{ ref('district_months') }}
    group by month
)

select province.month
from {{ ref('province_months') }} as province
inner join districts
    on province.month = districts.month
where
    province.districts_expected <> districts.districts_expected
    {% for count in counts %}
    or province.{{ count }} is distinct from districts.{{ count }}
    {% endfor %}
    -- one finding can weigh on two districts, never on none
    or province.open_findings > (
        select sum(units.open_findings) from {{ ref('district_months') }} as units where units.month = province.month
    )
