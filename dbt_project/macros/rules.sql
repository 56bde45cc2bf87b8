{# The columns that every rule has, in one place, with their types. A rule names the ones it fills; a misspelt one stops the parse.
   `unit_code` or else `unit_name` (folded) is part of a finding's identity; `label` is only what a message calls the thing.
   `further_fields`: what else of the same row is wrong by the same cause, ';'-joined names of fields that the message says after the first.
   The kinds say what a value is, for whoever words it: null is text as it stands (pipelines/intake/model.py, `Finding`, has them all).

   One row is one thing looked at (or, of things that did not fail, `rows_alike` of one report with the same outcome and reason), `outcome` 'passed', 'failed' or 'not_evaluated' (then `outcome_reason` says why). Where a cell is meant,
   a rule gives submission, sheet, table, row and field; the address is found once, for what failed (finding_instances). #}
{% macro rule_columns() %}
    {{ return({
        'rule_id': 'string', 'outcome': 'string', 'outcome_reason': 'string', 'variant': 'string',
        'reporter_code': 'string', 'form': 'string', 'period': 'string',
        'submission_id': 'string', 'delivery_id': 'string', 'file': 'string',
        'sheet': 'string', 'table_no': 'integer', 'row_number': 'integer', 'cell_field': 'string', 'cell': 'string',
        'unit_code': 'string', 'unit_name': 'string', 'label': 'string', 'field': 'string', 'further_fields': 'string', 'item_key': 'string',
        'value': 'string', 'value_kind': 'string', 'expected': 'string', 'expected_kind': 'string', 'is_personal': 'boolean',
        'related_submission_id': 'string', 'related_sheet': 'string', 'related_table_no': 'integer', 'related_row_number': 'integer',
        'related_field': 'string', 'related_value': 'string', 'related_kind': 'string', 'is_related_personal': 'boolean', 'difference': 'double',
        'detected_at': 'timestamp', 'rows_alike': 'integer'
    }) }}
{% endmacro %}

{% macro rule_row(rule_id, columns) %}
    {%- set types = rule_columns() -%}
    {%- for name in columns if name not in types -%}
        {{ exceptions.raise_compiler_error(rule_id ~ ": no rule has a column " ~ name) }}
    {%- endfor -%}
    {%- set defaults = {'rule_id': "'" ~ rule_id ~ "'", 'variant': "''", 'is_personal': 'false', 'is_related_personal': 'false', 'rows_alike': '1'} -%}
    {%- for name, type in types.items() %}
        cast({{ columns.get(name, defaults.get(name, 'null')) }} as {{ type }}) as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{% endmacro %}

{# 'failed', 'passed', or 'not_evaluated' where a condition is unknown. #}
{% macro outcome(failed) %}case when {{ failed }} then 'failed' when not ({{ failed }}) then 'passed' else 'not_evaluated' end{% endmacro %}

{# The value of a parameter (dated data) joined to rows by a day of theirs. #}
{% macro join_parameter(name, day) -%}
    inner join {{ ref('stg_reference__parameters') }} as {{ name }}
        on {{ name }}.name = '{{ name }}' and {{ is_valid_on(day, name) }}
{%- endmacro %}

{# The rules that are SQL, one model each. #}
{% macro sql_rules() %}
    {{ return([
        'F03', 'F04', 'F07', 'F08', 'F09', 'F15', 'F16', 'F17', 'R04', 'R07', 'E04', 'K01', 'K02', 'K03', 'K04', 'K05',
        'K06', 'X01', 'X02', 'X03', 'X04', 'X05', 'X06', 'X07', 'B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'D01', 'D02', 'D03'
    ]) }}
{% endmacro %}

{# Those of them that ask about the findings of all others, and so stand in no union with them. #}
{% macro rules_about_findings() %}{{ return(['F17']) }}{% endmacro %}

{# The id of the finding about one answer: as of any other (int_identified_findings), with neither period nor unit, the first of its key. #}
{% macro finding_id_of_answer(reporter_code, item_key) -%}
    {{ keyed_hash(["'F17'", reporter_code, "'V04'", 'null', 'null', "'finding_id'", item_key, "1"]) }}
{%- endmacro %}

{# Whether a rule is about what the Office itself keeps, and so asks nothing of who sent a report. #}
{% macro is_about_office(rule_id) %}{{ rule_id }} in ('F09'){% endmacro %}

{# A number that tells the rows of a table apart within one build, and means nothing beyond it. #}
{% macro surrogate_row_number() %}{% if target.type == 'spark' %}monotonically_increasing_id(){% else %}row_number() over (){% endif %}{% endmacro %}

{# Rows that did not fail, counted per report: the second half of a rule that looks at very many things. #}
{% macro counted_rows(rule_id, form, rows_alike) -%}
select {{ rule_row(rule_id, {
    'outcome': 'outcome',
    'outcome_reason': 'outcome_reason',
    'reporter_code': 'reporter_code',
    'form': form,
    'period': 'period',
    'submission_id': 'submission_id',
    'rows_alike': rows_alike
}) }}
{%- endmacro %}
