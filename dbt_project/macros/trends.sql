{# Where a monthly rate is heading: `<rate>_change` against the month directly before, `<rate>_mean_3` the mean of the three months before.
   NULL unless every month compared is there and known: a month without a rate is not a 0, and a gap is not a neighbour. #}
{% macro trend_columns(rates, key=none) -%}
    {%- set by = 'partition by ' ~ key ~ ' order by month' if key else 'order by month' -%}
    {%- set before = '(' ~ by ~ ' rows between 3 preceding and 1 preceding)' -%}
    {%- for rate in rates %}
    case
        when lag(month) over ({{ by }}) = {{ add_months('month', -1) }}
            then round({{ rate }} - lag({{ rate }}) over ({{ by }}), 6)
    end as {{ rate }}_change,
    case
        when count({{ rate }}) over {{ before }} = 3 and min(month) over {{ before }} = {{ add_months('month', -3) }}
            then round(avg({{ rate }}) over {{ before }}, 6)
    end as {{ rate }}_mean_3{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
