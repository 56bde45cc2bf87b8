{# What dbt is about to build has not been checked, and is not what was published (pipelines/warehouse/verdicts.py): whoever starts dbt, nothing
   is published and nobody is answered before everything has been built and checked again. Testing alone changes no table. #}
{% macro clear_verdict() %}
    {%- if flags.WHICH in ['run', 'build'] and execute and load_relation(api.Relation.create(target.database, 'landed', 'verdicts')) -%}
        delete from landed.verdicts where step <> 'check landed';
        delete from landed.runs;
    {%- endif -%}
{% endmacro %}
