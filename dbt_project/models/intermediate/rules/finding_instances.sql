-- Every finding in every submission that it stood in: what `findings` shows once, from the newest.
{%- set columns_of_answers = [
    'finding_id', 'subject_id', 'rule_id', 'variant', 'reporter_code', 'form', 'submission_id', 'delivery_id', 'file', 'sheet',
    'row_number', 'field', 'item_key', 'cell', 'value', 'detected_at', 'severity', 'received_seq', 'is_standing', 'verdict',
    'is_personal', 'is_related_personal', 'is_in_receipt_only', 'is_about_file',
] %}
{%- set columns_of_others = [
    'former_finding_id', 'period', 'unit_code', 'unit_name', 'label', 'further_fields', 'value_kind', 'expected', 'expected_kind',
    'expected_low', 'expected_high', 'related_submission_id', 'related_sheet', 'related_cell', 'related_value', 'related_kind',
    'difference', 'sheet_no', 'ordinal',
] %}
select {{ (columns_of_answers + columns_of_others) | join(", ") }}
from {{ ref('int_identified_findings') }}
union all
select
    {{ columns_of_answers | join(", ") }},
    {% for column in columns_of_others %}null as {{ column }}{{ ", " if not loop.last }}{% endfor %}
from {{ ref('int_answers_without_effect') }}
