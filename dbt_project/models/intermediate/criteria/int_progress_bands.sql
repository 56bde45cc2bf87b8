-- The bands of progress: all criteria of the set; below that, from each share of it that the parameters name, rounded up to a whole criterion.
with criteria_sets as (
    select distinct
        month,
        month_end,
        criteria_set_id,
        criteria_total
    from {{ ref('int_criteria_at_month') }}
),

parameters as (
    select * from {{ ref('stg_reference__parameters') }} where left(name, 19) = 'progress_band_from_'
),

-- shares that round to the same criterion, and a share of nothing, make no band of their own
starts as (
    select
        criteria_sets.month,
        criteria_sets.criteria_set_id,
        criteria_sets.criteria_total,
        cast(ceil(cast(parameters.value as decimal(9, 6)) * criteria_sets.criteria_total) as integer) as criteria_from
    from criteria_sets
    inner join parameters
        on {{ is_valid_on('criteria_sets.month_end', 'parameters') }}
    union
    select
        month,
        criteria_set_id,
        criteria_total,
        {{ unnest_items(list_of(['0', 'criteria_total'])) }} as criteria_from
    from criteria_sets
),

words as (
    select * from {{ ref('int_words') }}
),

bands as (
    select
        *,
        coalesce(lead(criteria_from) over in_month - 1, criteria_total) as criteria_to,
        row_number() over (partition by month order by criteria_from desc) as band_order
    from starts
    where criteria_from <= criteria_total
    window in_month as (partition by month order by criteria_from)
)

select
    bands.month,
    bands.criteria_set_id,
    bands.criteria_total,
    case
        when bands.criteria_to = bands.criteria_from then cast(bands.criteria_from as string)
        when bands.criteria_from = 0 then '<' || (bands.criteria_to + 1)
        else bands.criteria_from || '-' || bands.criteria_to
    end as progress_band,
    {% for language in ['vi', 'en'] %}
    case
        when bands.criteria_to = bands.criteria_from then {{ say('band', language, {'criteria': 'bands.criteria_from'}) }}
        when bands.criteria_from = 0 then {{ say('band_below', language, {'criteria': 'bands.criteria_to + 1'}) }}
        else {{ say('band', language, {'criteria': "bands.criteria_from || '–' || bands.criteria_to"}) }}
    end as label_{{ language }},
    {% endfor %}
    bands.band_order,
    bands.criteria_from,
    bands.criteria_to
from bands
cross join words
