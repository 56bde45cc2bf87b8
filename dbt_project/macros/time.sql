{# Everything about days, months and periods that DuckDB and Spark write differently, or that must be written the same way everywhere. #}

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
{% macro add_months(day, months) %}cast({{ day }} + to_months({{ months }}) as date){% endmacro %}
{% macro days_between(earlier, later) %}date_diff('day', {{ earlier }}, {{ later }}){% endmacro %}
{% macro months_between(earlier, later) %}date_diff('month', {{ earlier }}, {{ later }}){% endmacro %}
{# A number of a month of which neighbours differ by 1. #}
{% macro month_number(day) %}date_diff('month', cast('2000-01-01' as date), {{ day }}){% endmacro %}
{% macro is_weekend(day) %}(isodow({{ day }}) >= 6){% endmacro %}
{% macro month_text(day) %}strftime({{ day }}, '%Y-%m'){% endmacro %}
{% macro quarter_text(day) %}(year({{ day }}) || '-Q' || quarter({{ day }})){% endmacro %}

{# One row per month, its first day as `month`, from the month of one day to the month of another. #}
{% macro months_from_to(first_day, last_day) %}
    select cast(unnest(generate_series(date_trunc('month', {{ first_day }}), date_trunc('month', {{ last_day }}), interval 1 month)) as date) as month
{% endmacro %}

{# One row per whole number, as `n`, from 0 to below a bound. #}
{% macro numbers_below(bound) %}select cast(range as integer) as n from range({{ bound }}){% endmacro %}

{# A period is '2014-09' (a month) or '2014-Q3' (a quarter). #}
{% macro period_start(period) -%}
    cast(case substr({{ period }}, 6)
        when 'Q1' then substr({{ period }}, 1, 4) || '-01-01'
        when 'Q2' then substr({{ period }}, 1, 4) || '-04-01'
        when 'Q3' then substr({{ period }}, 1, 4) || '-07-01'
        when 'Q4' then substr({{ period }}, 1, 4) || '-10-01'
        else {{ period }} || '-01'
    end as date)
{%- endmacro %}

{% macro period_end(period) -%}
    last_day(cast(case substr({{ period }}, 6)
        when 'Q1' then substr({{ period }}, 1, 4) || '-03-01'
        when 'Q2' then substr({{ period }}, 1, 4) || '-06-01'
        when 'Q3' then substr({{ period }}, 1, 4) || '-09-01'
        when 'Q4' then substr({{ period }}, 1, 4) || '-12-01'
        else {{ period }} || '-01'
    end as date))
{%- endmacro %}

{# The month in which a period counts: a quarter in that of its last day. #}
{% macro month_of_period(period) %}cast(date_trunc('month', {{ period_end(period) }}) as date){% endmacro %}

{# Which period a report is of that came on a day, where it names none that is possible: reports are sent when their period is over, or some
   days before. Of periods joined by ';' the first such one; else the last one of its frequency. #}
{% macro likely_period(periods, every, day) -%}
    {%- set latest = add_days(day, 10) -%}
    coalesce(
        list_filter(string_split({{ periods }}, ';'), lambda named: {{ period_end('named') }} <= {{ latest }})[1],
        case {{ every }}
            when 'month' then {{ month_text(add_months(add_days(latest, 1), -1)) }}
            when 'quarter' then {{ quarter_text(add_months(add_days(latest, 1), -3)) }}
        end
    )
{%- endmacro %}

{# An open end of a validity is written out, so that every join on a date is the same pair of comparisons; the end is exclusive. #}
{% macro valid_from(column) %}coalesce({{ column }}, cast('1900-01-01' as date)){% endmacro %}
{% macro valid_to(column) %}coalesce({{ column }}, cast('9999-12-31' as date)){% endmacro %}

{# Whether a row of `validity` holds on a day. #}
{% macro is_valid_on(day, validity) %}({{ day }} >= {{ validity }}.valid_from and {{ day }} < {{ validity }}.valid_to){% endmacro %}
