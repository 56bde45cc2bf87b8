{# Whether the cell of a field was filled, but could not be read: `unreadable_fields` is ';f1;f2;' or NULL. #}
{% macro is_unreadable(field) %}coalesce(unreadable_fields like '%;' || {{ field }} || ';%', false){% endmacro %}

{# The A1 address of a cell. #}
{% macro cell_address(columns, row_number) %}({{ columns }}.column_letter || cast({{ row_number }} as string)){% endmacro %}

{# The newest known value of a column in a window: what stands in the newest row where it is not NULL. #}
{% macro last_known(column) %}last_value({{ column }}{{ ', true' if target.type == 'spark' else ' ignore nulls' }}){% endmacro %}
