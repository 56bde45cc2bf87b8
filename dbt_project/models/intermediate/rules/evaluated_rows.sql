{% for rule_id in sql_rules() if rule_id not in rules_about_findings() %}
select {{ rule_columns().keys() | join(", ") }}
from {{ ref('rule_' ~ rule_id | lower) }}
{{ "union all" if not loop.last }}
{% endfor %}
