{# The adapter's own `table` and `view` build aside, rename, and drop what stood there, so that a reader of the file never misses a relation.
   Nobody reads the working file while it is built, and each run begins without what the last one built: here a relation is created in place,
   in one statement, which halves what dbt itself costs per model. What there is nothing of (hooks, a relation to drop, comments) is not asked for
   through macros: each call of one copies the context of dbt. What stands in the place of a model, in a run over some of them alone, is dropped
   in the transaction that builds it: where the model fails, it stands as it was. #}

{% materialization table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set old = adapter.get_relation(this.database, this.schema, this.identifier) -%}
    {% if pre_hooks %}{{ run_hooks(pre_hooks) }}{% endif %}
    {% call statement('main') -%}
        {% if old %}drop {{ old.type }} if exists {{ old }} cascade;{% endif %}
        {{ duckdb__create_table_as(false, target, compiled_code) }}
    {%- endcall %}
    {% if config.persist_relation_docs() or config.persist_column_docs() %}{% do persist_docs(target, model) %}{% endif %}
    {% if post_hooks %}{{ run_hooks(post_hooks) }}{% endif %}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set target = this.incorporate(type='view') -%}
    {%- set old = adapter.get_relation(this.database, this.schema, this.identifier) -%}
    {% if pre_hooks %}{{ run_hooks(pre_hooks) }}{% endif %}
    {% call statement('main') -%}
        {% if old %}drop {{ old.type }} if exists {{ old }} cascade;{% endif %}
        {{ duckdb__create_view_as(target, compiled_code) }}
    {%- endcall %}
    {% if config.persist_relation_docs() or config.persist_column_docs() %}{% do persist_docs(target, model) %}{% endif %}
    {% if post_hooks %}{{ run_hooks(post_hooks) }}{% endif %}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# A rule looks at very many things, most of which pass: what failed is kept row by row, the rest as one row per report, outcome and reason,
   counted in `rows_alike`. Ten years of a tenth of a country are 3 million things looked at; writing them all cost more than looking (measured). #}
{% materialization rule, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set old = adapter.get_relation(this.database, this.schema, this.identifier) -%}
    {% if pre_hooks %}{{ run_hooks(pre_hooks) }}{% endif %}
    {% call statement('main') -%}
        {% if old %}drop {{ old.type }} if exists {{ old }} cascade;{% endif %}
        {{ duckdb__create_table_as(false, target, condensed_rule(compiled_code)) }}
    {%- endcall %}
    {% if post_hooks %}{{ run_hooks(post_hooks) }}{% endif %}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# The same on Spark, whose `table` and `view` are the adapter's own. #}
{% materialization rule, adapter='spark' %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set old = adapter.get_relation(this.database, this.schema, this.identifier) -%}
    {{ run_hooks(pre_hooks) }}
    {% if old %}{% do adapter.drop_relation(old) %}{% endif %}
    {% call statement('main') -%}{{ create_table_as(false, relation, condensed_rule(compiled_code)) }}{%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% macro condensed_rule(code) %}
    {%- set kept = ['rule_id', 'outcome', 'outcome_reason', 'reporter_code', 'form', 'period', 'submission_id'] -%}
    with looked_at as {{ 'materialized' if target.type != 'spark' }} (
        {{ code }}
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
{% endmacro %}

{# dbt's own asks the database which columns there are, and calls a macro per column to quote what is said of it: a contract has settled the first,
   and a call costs what a hundred lines of a template cost. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- set comments -%}
        {%- if for_relation and config.persist_relation_docs() and model.description %}
        comment on {{ relation.type }} {{ relation }} is '{{ model.description | replace("'", "''") }}';
        {%- endif -%}
        {%- if for_columns and config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column['description'] %}
        comment on column {{ relation }}.{{ column['name'] }} is '{{ column['description'] | replace("'", "''") }}';
        {%- endfor -%}
        {%- endif -%}
    {%- endset -%}
    {% if comments %}
        {% call statement('comments') -%}{{ comments }}{%- endcall %}
    {% endif %}
{% endmacro %}

{# The type of a text in a contract is DuckDB's; Spark knows a varchar of a length only. #}
{% macro spark__cast(field, type) %}cast({{ field }} as {{ 'string' if type == 'varchar' else type }}){% endmacro %}

{# As dbt's own, which calls two macros per column of either side of a contract. #}
{% macro format_columns(columns) %}
    {%- set formatted = [] -%}
    {%- for column in columns -%}
        {%- do formatted.append({'name': column.name, 'data_type': column.dtype, 'formatted': column.column.lower() ~ ' ' ~ column.dtype}) -%}
    {%- endfor -%}
    {{ return(formatted) }}
{% endmacro %}
