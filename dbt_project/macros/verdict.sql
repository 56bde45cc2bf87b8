{# What dbt is about to build has not been checked, and is not what was published (pipelines/warehouse/verdicts.py): whoever starts dbt, nothing
   is published and nobody is answered before everything has been built and checked again. Testing alone changes no table. Committed here:
   what a hook leaves open is rolled back. A build on Spark changes no table of the working file: the run that began it has taken the verdict back,
   and shows there what was built. #}
{% macro clear_verdict() %}
    {%- if target.type != 'spark' and flags.WHICH in ['run', 'build'] and execute and load_relation(api.Relation.create(target.database, 'landed', 'verdicts')) -%}
        {% do run_query("delete from landed.verdicts where step <> 'check landed'") %}
        {% do run_query("delete from landed.runs") %}
        {% do adapter.commit() %}
    {%- endif -%}
{% endmacro %}
