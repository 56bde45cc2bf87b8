{# Seeds are text. Types are given in staging, once, by us: a guess would turn the code '00123' into a number and 'no' into a boolean.
   DuckDB's adapter copies the file itself into this table, so nothing is guessed on the way either. #}
{% macro duckdb__create_csv_table(model, agate_table) %}
    {% set sql %}
        create table {{ this.render() }} (
            {% for name in agate_table.column_names %}{{ adapter.quote(name) }} varchar{{ ", " if not loop.last }}{% endfor %}
        )
    {% endset %}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{% endmacro %}

{# The rows of a seed as the office has changed them: rows of the overlay, and those of the seed whose key the overlay does not have. #}
{% macro overlaid(seed, key, columns) %}
    select {% for column in columns %}nullif(trim({{ column }}), '') as {{ column }}{{ ", " if not loop.last }}{% endfor %}
    from {{ source('landed', 'overlay_' ~ seed) }}
    union all
    select {{ columns | join(", ") }}
    from {{ ref(seed) }} as seed
    where not exists (
        select 1
        from {{ source('landed', 'overlay_' ~ seed) }} as overlay
        where
            {% for column in key %}
            {{ "and " if not loop.first }}nullif(trim(overlay.{{ column }}), '') is not distinct from seed.{{ column }}
            {% endfor %}
    )
{% endmacro %}

{# An open end of a validity is written out, so that every join on a date is the same pair of comparisons; the end is exclusive. #}
{% macro valid_from(column) %}coalesce(cast({{ column }} as date), cast('1900-01-01' as date)){% endmacro %}
{% macro valid_to(column) %}coalesce(cast({{ column }} as date), cast('9999-12-31' as date)){% endmacro %}

{# Whether a row of `validity` holds on a day. #}
{% macro is_valid_on(day, validity) %}({{ day }} >= {{ validity }}.valid_from and {{ day }} < {{ validity }}.valid_to){% endmacro %}
