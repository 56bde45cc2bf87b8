{# Everything about days, months and periods that DuckDB and Spark write differently, or that must be written the same way everywhere.
   What Spark writes its own way stands first, here as in all macros: both spellings side by side, and half the calls that a dispatch by adapter
   costs. #}

{# The day as of whose end everything is asked: the one given, else that of the run which loaded what lies in the working file. #}
{% macro as_of() %}
    {%- set day = var('as_of') or last_loaded_day() -%}
    cast('{{ day or "2000-01-01" }}' as date)
{%- endmacro %}

{# Every load leaves its checks, with the day that it was asked as of. #}
{% macro last_loaded_day() %}
    {%- if execute -%}
        {%- set checks = adapter.get_relation(target.database, 'landed', 'check_results') -%}
        {%- set days = run_query("select as_of from landed.check_results order by built_at desc limit 1").columns[0].values() if checks else [] -%}
        {%- if not days -%}
            {% do exceptions.raise_compiler_error("Nothing has been loaded yet: make run; or say as of which day: --vars '{as_of: 2015-07-20}'") %}
        {%- endif -%}
        {{ return(days[0]) }}
    {%- endif -%}
{% endmacro %}

{# Asia/Ho_Chi_Minh is UTC + 7 h all year; times are stored in UTC. #}
{% macro local_date(timestamp) %}cast({{ timestamp }} + interval 7 hours as date){% endmacro %}

{# The moment, in UTC, at which a local day begins / is over. #}
{% macro start_of_local_day(day) %}(cast({{ day }} as timestamp) - interval 7 hours){% endmacro %}
{% macro end_of_local_day(day) %}(cast({{ day }} as timestamp) + interval 17 hours){% endmacro %}

{% macro add_days(day, days) %}cast({{ day }} + {{ days }} as date){% endmacro %}
{% macro add_months(day, months) -%}
    {% if target.type == 'spark' %}add_months({{ day }}, {{ months }}){% else %}cast({{ day }} + to_months({{ months }}) as date){% endif %}
{%- endmacro %}
{% macro days_between(earlier, later) -%}
    {% if target.type == 'spark' %}date_diff({{ later }}, {{ earlier }}){% else %}date_diff('day', {{ earlier }}, {{ later }}){% endif %}
{%- endmacro %}
{# How often the month changes between two days; Spark's own functions count whole months. #}
{% macro months_between(earlier, later) -%}
    {% if target.type == 'spark' -%}
        (12 * (year({{ later }}) - year({{ earlier }})) + month({{ later }}) - month({{ earlier }}))
    {%- else -%}
        date_diff('month', {{ earlier }}, {{ later }})
    {%- endif %}
{%- endmacro %}
{# A number of a month of which neighbours differ by 1. #}
{% macro month_number(day) %}{{ months_between("cast('2000-01-01' as date)", day) }}{% endmacro %}
{% macro is_weekend(day) %}({% if target.type == 'spark' %}weekday({{ day }}) >= 5{% else %}isodow({{ day }}) >= 6{% endif %}){% endmacro %}
{% macro quarter_text(day) %}(year({{ day }}) || '-Q' || quarter({{ day }})){% endmacro %}

{# One row per whole number, as `n`, from 0 to below a bound. #}
{% macro numbers_below(bound) -%}
    select cast({% if target.type == 'spark' %}id{% else %}range{% endif %} as integer) as n from range({{ bound }})
{%- endmacro %}

{# The month that a day lies in, by the calendar of periods in force, as the first day of the month that its label names: `join_month_of_day`
   stands where the day is joined, `month_of_day` where the month is selected. NULL for a day of which no period is known. #}
{% macro join_month_of_day(day, name='months_of_day') -%}
    left join {{ ref('int_calendar_months') }} as {{ name }}
        on cast(date_trunc('month', {{ day }}) as date) = {{ name }}.month
{%- endmacro %}

{% macro month_of_day(day, name='months_of_day') -%}
    case when {{ day }} <= {{ name }}.month_end then {{ name }}.month else {{ add_months(name ~ '.month', 1) }} end
{%- endmacro %}

{# An open end of a validity is written out, so that every join on a date is the same pair of comparisons; the end is exclusive. #}
{% macro valid_from(column) %}coalesce({{ column }}, cast('1900-01-01' as date)){% endmacro %}
{% macro valid_to(column) %}coalesce({{ column }}, cast('9999-12-31' as date)){% endmacro %}

{# Whether a row of `validity` holds on a day. #}
{% macro is_valid_on(day, validity) %}({{ day }} >= {{ validity }}.valid_from and {{ day }} < {{ validity }}.valid_to){% endmacro %}
