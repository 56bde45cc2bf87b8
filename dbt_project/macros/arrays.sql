{# Lists within a row: what is asked of them, and rows made of them. Positions count from 1. Not here: lists as text, joined by ';' (text.sql). #}

{% macro list_of(values) %}{% if target.type == 'spark' %}array({{ values | join(', ') }}){% else %}[{{ values | join(', ') }}]{% endif %}{% endmacro %}

{# The whole numbers from one to below another; none where that is not above it. #}
{% macro numbers_between(first, bound) -%}
    {% if target.type == 'spark' -%}
        case when {{ first }} < {{ bound }} then sequence({{ first }}, {{ bound }} - 1) end
    {%- else -%}
        range({{ first }}, {{ bound }})
    {%- endif %}
{%- endmacro %}

{% macro size_of_list(list) %}{{ 'size' if target.type == 'spark' else 'len' }}({{ list }}){% endmacro %}
{% macro item_of_list(list, position) %}{{ 'try_element_at' if target.type == 'spark' else 'list_extract' }}({{ list }}, {{ position }}){% endmacro %}
{% macro part_of_list(list, first, size) -%}
    {% if target.type == 'spark' %}slice({{ list }}, {{ first }}, {{ size }}){% else %}{{ list }}[{{ first }}:{{ first }} + {{ size }} - 1]{% endif %}
{%- endmacro %}
{% macro list_as_text(list, separator) %}{{ 'array_join' if target.type == 'spark' else 'array_to_string' }}({{ list }}, '{{ separator }}'){% endmacro %}

{# The items of a list that fulfil a condition, and what is made of each; both are said of `item`. #}
{% macro items_where(list, condition) -%}
    {% if target.type == 'spark' %}filter({{ list }}, item -> {{ condition }}){% else %}list_filter({{ list }}, lambda item: {{ condition }}){% endif %}
{%- endmacro %}
{% macro items_as(list, value) -%}
    {% if target.type == 'spark' %}transform({{ list }}, item -> {{ value }}){% else %}[{{ value }} for item in {{ list }}]{% endif %}
{%- endmacro %}

{# The rows of a group as a list of structs, in the order of their first field. `fields`: their names, each with what it is. #}
{% macro list_of_rows(fields) -%}
    {% if target.type == 'spark' -%}
        array_sort(collect_list(named_struct({% for name, value in fields.items() %}'{{ name }}', {{ value }}{{ ", " if not loop.last }}{% endfor %})))
    {%- else -%}
        list_sort(list({ {%- for name, value in fields.items() %}'{{ name }}': {{ value }}{{ ", " if not loop.last }}{% endfor -%} }))
    {%- endif %}
{%- endmacro %}

{# Selected, the items of a list are a row each: alone, with their places, or, of structs, with their fields as columns. One of these per query. #}
{% macro unnest_items(list) %}{{ 'explode' if target.type == 'spark' else 'unnest' }}({{ list }}){% endmacro %}
{% macro unnest_places(list, item, place) -%}
    {% if target.type == 'spark' -%}
        posexplode({{ list }}) as ({{ place }}, {{ item }})
    {%- else -%}
        unnest({{ list }}) as {{ item }},
        generate_subscripts({{ list }}, 1) as {{ place }}
    {%- endif %}
{%- endmacro %}
{% macro unnest_structs(list) %}{% if target.type == 'spark' %}inline({{ list }}){% else %}unnest({{ list }}, recursive := true){% endif %}{% endmacro %}
