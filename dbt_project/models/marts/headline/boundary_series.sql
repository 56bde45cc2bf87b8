{%- set of_communes = ['criteria_met_latest', 'criteria_gained'] + amounts_of_communes() %}
{%- set of_provinces = totals_on_boundaries() %}
{%- set counts_of_parts = ['parts_expected', 'parts_without_share', 'parts_without_duty'] %}
{%- for kind in kinds_counted() %}{% do counts_of_parts.append('parts_counted_' ~ kind) %}{% endfor %}
{%- set counts_of_communes = ['communes_expected'] + commune_counts() -%}
-- Headline figures on the boundaries of each month, as `indicators` has them, and on today's.
with indicators as (
    select * from {{ ref('stg_reference__published_indicators') }}
),

figures_then as (
    select * from {{ ref('indicators') }} where unit_level in ('commune', 'province')
),

communes as (
    select * from {{ ref('int_current_commune_months') }}
),

units as (
    select * from {{ ref('dim_unit_current') }}
),

province_months as (
    select distinct
        month,
        unit_code as province_code,
        is_provisional
    from figures_then
    where unit_level = 'province'
),

-- a commune that became part of a ward is in no total: wards owe nothing
provinces as (
    select
        communes.month,
        max(province_months.province_code) as province_code,
        max(province_months.is_provisional) as is_provisional,
        {% for count in counts_of_parts %}
        sum(communes.{{ count }}) as {{ count }},
        {% endfor %}
        {{ commune_totals() }}
    from communes
    inner join province_months
        on communes.month = province_months.month
    where communes.is_rural
    group by communes.month
),

wide as (
    select
        month,
        'commune' as unit_level,
        commune_code as unit_code,
        parts_reported < parts_expected as is_provisional,
        {% for count in counts_of_communes %}
        cast(null as bigint) as {{ count }},
        {% endfor %}
        {{ counts_of_parts | join(', ') }},
        {{ figures_of(of_communes) }} as figures
    from communes
    union all
    select
        month,
        'province' as unit_level,
        province_code as unit_code,
        is_provisional,
        {{ (counts_of_communes + counts_of_parts) | join(', ') }},
        {{ figures_of(of_provinces) }} as figures
    from provinces
),

long as (
    select
        month,
        unit_level,
        unit_code,
        is_provisional,
        {{ (counts_of_communes + counts_of_parts) | join(', ') }},
        {{ unnest_structs('figures') }}
    from wide
),

series as (
    select
        'current' as boundaries,
        long.month,
        long.unit_level,
        long.unit_code,
        long.indicator,
        long.value,
        {{ count_that_covers('indicators.covered', 'communes') }} as units_covered,
        long.communes_expected as units_expected,
        {{ count_that_covers('indicators.covered', 'parts') }} as parts_covered,
        long.parts_expected,
        long.parts_without_share,
        long.parts_without_duty,
        long.is_provisional
    from long
    inner join indicators
        on long.indicator = indicators.indicator
    union all
    select
        'then' as boundaries,
        month,
        unit_level,
        unit_code,
        indicator,
        value,
        units_covered,
        units_expected,
        case when unit_level = 'province' then units_covered when value is null then 0 else 1 end as parts_covered,
        case when unit_level = 'province' then units_expected else 1 end as parts_expected,
        0 as parts_without_share,
        0 as parts_without_duty,
        is_provisional
    from figures_then
    where indicator in ('{{ (of_communes + of_provinces) | unique | join("', '") }}')
)

select
    series.boundaries,
    series.indicator,
    series.month,
    series.unit_level,
    series.unit_code,
    units.unit_name,
    series.value,
    cast(series.units_covered as integer) as units_covered,
    cast(series.units_expected as integer) as units_expected,
    cast(series.parts_covered as integer) as parts_covered,
    cast(series.parts_expected as integer) as parts_expected,
    cast(series.parts_without_share as integer) as parts_without_share,
    cast(series.parts_without_duty as integer) as parts_without_duty,
    series.is_provisional
from series
left join units
    on series.unit_code = units.unit_code
