{% for rule_id in sql_rules() %}
select {{ rule_columns().keys() | join(", ") }}
from {{ ref('rule_' ~ rule_id | lower) }}
{{ "union all" if not loop.last }}
{% endfor %}
