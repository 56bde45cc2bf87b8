{# The columns together are the table's key: not NULL, and no two rows alike. #}
{% test unique_combination(model, columns) %}
select {{ columns | join(", ") }}, count(*) as rows_alike
from {{ model }}
group by {{ columns | join(", ") }}
having count(*) > 1{% for column in columns %} or {{ column }} is null{% endfor %}
{% endtest %}
