{# The adapter's own `table` and `view` build aside, rename, and drop what stood there, so that a reader of the file never misses a relation.
   Nobody reads the working file while it is built, and each run begins without what the last one built: here a relation is created in place,
   in one statement, which halves what dbt itself costs per model. #}

{% materialization table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {% do drop_relation_if_exists(load_cached_relation(this)) %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {{ create_table_as(false, target, compiled_code) }}
    {%- endcall %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set target = this.incorporate(type='view') -%}
    {% do drop_relation_if_exists(load_cached_relation(this)) %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {{ create_view_as(target, compiled_code) }}
    {%- endcall %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# A rule looks at very many things, most of which pass: what failed is kept row by row, the rest as one row per report, outcome and reason,
   counted in `rows_alike`. Ten years of a tenth of a country are 3 million things looked at; writing them all cost more than looking (measured). #}
{% materialization rule, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set kept = ['rule_id', 'outcome', 'outcome_reason', 'reporter_code', 'form', 'period', 'submission_id'] -%}
    {% do drop_relation_if_exists(load_cached_relation(this)) %}
    {{ run_hooks(pre_hooks) }}
    {%- set condensed -%}
        with looked_at as materialized (
            {{ compiled_code }}
        )

        select * from looked_at where outcome = 'failed'
        union all
        select
            {%- for name, type in rule_columns().items() %}
            cast({{ name if name in kept else 'sum(rows_alike)' if name == 'rows_alike' else 'null' }} as {{ type }}){{ "," if not loop.last }}
            {%- endfor %}
        from looked_at
        where outcome <> 'failed'
        group by {{ kept | join(", ") }}
    {%- endset -%}
    {% call statement('main') -%}
        {{ create_table_as(false, target, condensed) }}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# The adapter's own macro asks the database first which columns there are; a contract has settled that. #}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {% for column in column_dict.values() if column['description'] %}
        comment on column {{ relation }}.{{ column['name'] }} is {{ duckdb_escape_comment(column['description']) }};
    {% endfor %}
{% endmacro %}
