-- Every headline figure in one long shape, with what it was made of and what it covers.
-- `indicator` is the first column: published rows lie in the order of their columns, and whoever asks of one indicator reads
-- nothing of the others (of the province, over ten years of 8,900 communes: 0.02 s for 0.29).
with indicators as (
    select * from {{ ref('stg_reference__published_indicators') }}
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

communes as (
    select
        month,
        'commune' as unit_level,
        commune_code as unit_code,
        months_since_report > 0 as is_from_earlier_report,
        coalesce(months_since_report <> 0, true) as is_provisional,
        {{ figures_of([
            'criteria_met_latest', 'criteria_gained', 'models_running', 'models_new', 'enterprises_active', 'cooperatives_active', 'enterprises_new',
            'cooperatives_new', 'residential_areas_recognised', 'gardens_recognised', 'funds_ytd_million_vnd', 'open_findings'
        ]) }} as figures
    from {{ ref('commune_months') }}
),

districts as (
    select
        month,
        'district' as unit_level,
        district_code as unit_code,
        communes_reported < communes_counted_criteria as is_from_earlier_report,
        is_provisional,
        {{ figures_of(total_names() + ['leadership_index']) }} as figures
    from {{ ref('district_months') }}
),

provinces as (
    select
        month,
        'province' as unit_level,
        province_code as unit_code,
        communes_reported < communes_counted_criteria as is_from_earlier_report,
        is_provisional,
        {{ figures_of(total_names()) }} as figures
    from {{ ref('province_months') }}
),

wide as (
    select * from communes
    union all
    select * from districts
    union all
    select * from provinces
),

long as (
    select
        month,
        unit_level,
        unit_code,
        is_from_earlier_report,
        is_provisional,
        {{ unnest_structs('figures') }}
    from wide
),

-- what another figure was made of, or covers: of a commune, none of its figures
bases as (
    select
        month,
        unit_level,
        unit_code,
        indicator,
        value
    from long
    where
        indicator = 'communes_expected'
        or indicator in (select indicators.numerator from indicators)
        or indicator in (select indicators.denominator from indicators)
        or indicator in (select indicators.covered from indicators)
),

joined as (
    select
        long.*,
        indicators.carried,
        numerators.value as numerator,
        denominators.value as denominator,
        covered.value as units_covered,
        case when indicators.covered is not null then expected.value end as units_expected
    from long
    inner join indicators
        on long.indicator = indicators.indicator
    {% for name, indicator in [
        ('numerators', 'indicators.numerator'), ('denominators', 'indicators.denominator'), ('covered', 'indicators.covered'),
        ('expected', "'communes_expected'")
    ] %}
    left join bases as {{ name }}
        on
            {{ name }}.indicator = {{ indicator }}
            and long.month = {{ name }}.month
            and long.unit_level = {{ name }}.unit_level
            and long.unit_code = {{ name }}.unit_code
    {% endfor %}
)

select
    joined.indicator,
    joined.month,
    joined.unit_level,
    joined.unit_code,
    units.unit_name,
    joined.value,
    cast(joined.numerator as integer) as numerator,
    cast(joined.denominator as integer) as denominator,
    cast(joined.units_covered as integer) as units_covered,
    cast(joined.units_expected as integer) as units_expected,
    case
        when joined.value is null then null
        when joined.carried = 'criteria' then joined.is_from_earlier_report
        when joined.carried = 'quarter' then month(joined.month) % 3 <> 0
        else false
    end as is_carried_over,
    joined.is_provisional
from joined
left join units
    on joined.unit_code = units.unit_code
