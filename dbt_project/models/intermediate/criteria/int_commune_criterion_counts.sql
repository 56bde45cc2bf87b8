-- How many criteria of each rural commune are so or so, and which are not met.
with criteria as (
    select * from {{ ref('int_commune_criteria') }}
)

select
    month,
    commune_code,
    criteria_set_id,
    criteria_total,
    criteria_given,
    is_row_used as is_reported,
    {% for name, prefix in [('reported', 'criterion'), ('latest', 'latest'), ('verified', 'verified')] %}
    {% call(n) count_criteria() %}{{ prefix }}_{{ n }} is not null{% endcall %} as criteria_{{ name }},
    {% call(n) count_criteria() %}{{ prefix }}_{{ n }} = 'met'{% endcall %} as met_{{ name }},
    {% endfor %}
    {% call(n) count_criteria() %}{{ official_status('inspected_' ~ n, 'department_' ~ n, 'district_' ~ n) }} is not null{% endcall %} as criteria_official,
    {% call(n) count_criteria() %}{{ official_status('inspected_' ~ n, 'department_' ~ n, 'district_' ~ n) }} = 'met'{% endcall %} as met_official,
    {% call(n) count_criteria() %}previous_{{ n }} is not null{% endcall %} as criteria_reported_before,
    {% call(n) count_criteria() %}criterion_{{ n }} = 'met' and previous_{{ n }} = 'not_met'{% endcall %} as gained,
    {% call(n) count_criteria() %}criterion_{{ n }} = 'not_met' and previous_{{ n }} = 'met'{% endcall %} as lost,
    {% call(n) criteria_where() %}latest_{{ n }} = 'not_met'{% endcall %} as criteria_not_met
from criteria
