{# A number drawn evenly from [0, 1) that is the same for the same words, on every machine and in every run: the seed is among the words. #}
{% macro uniform(words) -%}
    (cast(cast('0x' || substr(md5({% for word in words %}cast({{ word }} as varchar){{ " || '/' || " if not loop.last }}{% endfor %}), 1, 8) as bigint) as double) / 4294967296.0)
{%- endmacro %}
