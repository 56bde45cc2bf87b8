-- Weights of the known components sum to 1, contributions to the index, the rank lies within its own spread, and what is rated is the average
-- of what the unit's communes have.
select
    month,
    unit_code
from {{ ref('leadership_index') }}
group by month, unit_code
having
    count(case when not is_left_out then 1 end) > 0
    and (
        abs(sum(weight) - 1) > 1e-9
        or abs(sum(contribution) - max(index_value)) > 1e-9
        or min(rank_low) > max(rank_high)
    )
union all
select
    components.month,
    components.unit_code
from {{ ref('leadership_index') }} as components
inner join {{ ref('leadership_communes') }} as communes
    on components.month = communes.month and components.district_code = communes.district_code
where
    {% for component in ['criteria_level', 'criteria_gain', 'new_models', 'new_establishments'] %}
    (
        components.component = '{{ component }}'
        and coalesce(abs(components.raw_value - communes.{{ component }}_district_avg) > 1e-9, components.raw_value is not null)
    )
    {{ "or" if not loop.last }}
    {% endfor %}
