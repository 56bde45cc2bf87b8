{# Whether a ';'-joined list in a column has an item. #}
{% macro in_list(item, list) %}(';' || replace({{ list }}, ' ', '') || ';' like '%;' || {{ item }} || ';%'){% endmacro %}

{# A ';'-joined list of the distinct values of a group, sorted. #}
{% macro joined(value) %}string_agg(distinct {{ value }}, ';' order by {{ value }}){% endmacro %}

{# A short, stable hash of several values: ids of findings. A NULL is not the text of nothing, nor does a shift between parts go unseen. #}
{% macro short_hash(parts) -%}
    substr(md5({% for part in parts %}coalesce(cast({{ part }} as varchar), '~'){{ " || chr(31) || " if not loop.last }}{% endfor %}), 1, 16)
{%- endmacro %}
