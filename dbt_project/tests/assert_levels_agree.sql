-- What communes have adds up to what their district has, and what districts have to what the province has, count by count; what is unknown
-- everywhere is unknown in the sum. A district without a rural commune has no commune to add up; where there are no districts, communes add up
-- to the province.
{{ config(meta={
    'vi': '{failed} tháng có số của tỉnh khác tổng các huyện',
    'en': "{failed} months where the province is not the sum of its districts",
}) }}
{% set of_communes = [] %}
{% for name, (figure, type, is_zero) in commune_figures().items() if type == 'integer' %}{% do of_communes.append(name) %}{% endfor %}
{# of the fields of two districts some may be the same #}
{% set counts = of_communes + (further_counts().keys() | reject('equalto', 'officer_fields') | list) %}
{# Once more and otherwise than in `commune_figures`, for those that count communes; what is not here is added up. #}
{% set conditions = {
    'communes_expected': 'true', 'communes_reported': 'months_since_report = 0', 'communes_counted_criteria': 'criteria_met_latest is not null',
    'communes_counted_models': 'models_running is not null', 'communes_counted_establishments': 'enterprises_active is not null',
    'communes_counted_areas': 'residential_areas_recognised is not null', 'communes_counted_funds': 'funds_ytd_million_vnd is not null',
    'communes_counted_assignments': 'has_officer is not null', 'communes_counted_gains': 'criteria_gained is not null',
    'communes_at_all_criteria': 'has_all_criteria', 'communes_at_19': 'is_at_19', 'communes_15_18': 'criteria_met_latest >= 15 and not is_at_19',
    'communes_10_14': 'criteria_met_latest between 10 and 14 and not is_at_19',
    'communes_5_9': 'criteria_met_latest between 5 and 9 and not is_at_19',
    'communes_under_5': 'criteria_met_latest < 5 and not is_at_19', 'communes_under_7': 'criteria_met_latest < 7 and not is_at_19', 'communes_all_model_sizes': 'has_all_model_sizes',
    'communes_without_model': 'has_no_model', 'communes_with_enterprise': 'enterprises_active > 0',
    'communes_with_cooperative': 'cooperatives_active > 0', 'communes_with_officer': 'has_officer', 'weak_communes': 'is_weak',
    'weak_communes_with_leader': 'is_weak and has_leader',
} %}
with communes as (
    select
        month,
        district_code,
        {% for count in of_communes %}
        {{ "count(case when " ~ conditions[count] ~ " then 1 end)" if count in conditions else "coalesce(sum(" ~ count ~ "), 0)" }} as {{ count }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('commune_months') }}
    group by month, district_code
),

districts as (
    select
        month,
        {% for count in counts %}
        sum({{ count }}) as {{ count }},
        {% endfor %}
        count(*) as districts_expected
    from {{ ref('district_months') }}
    group by month
)

select
    province.month,
    'province' as unit
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
union all
select
    districts.month,
    districts.district_code as unit
from {{ ref('district_months') }} as districts
left join communes
    on districts.month = communes.month and districts.district_code = communes.district_code
where
    {% for count in of_communes %}
    coalesce(districts.{{ count }}, 0) <> coalesce(communes.{{ count }}, 0)
    {{ "or" if not loop.last }}
    {% endfor %}
union all
select
    province.month,
    'province' as unit
from {{ ref('province_months') }} as province
inner join communes
    on province.month = communes.month and communes.district_code is null
where
    province.districts_expected is null
    and (
        {% for count in of_communes %}
        coalesce(province.{{ count }}, 0) <> coalesce(communes.{{ count }}, 0)
        {{ "or" if not loop.last }}
        {% endfor %}
    )
