{# What statistics asks for and DuckDB does not have: intervals of a share, and numbers drawn by lot that are the same on every machine. #}

{# z² of a two-sided interval of 95 %: 1.959964 is the normal deviate. #}
{% macro z_squared() %}{{ 1.959964 * 1.959964 }}e0{% endmacro %}

{# One end ('-' or '+') of the Wilson score interval of a share of n. Wilson (1927): it never leaves 0..1 but by rounding. #}
{% macro wilson(share, n, sign) -%}
    {%- set z2n = '(' ~ z_squared() ~ ' / ' ~ n ~ ')' -%}
    case
        when {{ share }} is not null
            then least(1, greatest(
                0,
                ({{ share }} + {{ z2n }} / 2 {{ sign }} sqrt({{ z2n }} * ({{ share }} * (1 - {{ share }}) + {{ z2n }} / 4))) / (1 + {{ z2n }})
            ))
    end
{%- endmacro %}

{# A number drawn evenly from [0, 1) that is the same for the same words, on every machine and in every run: the seed is among the words. #}
{% macro uniform(words) -%}
    {%- set digits -%}
        substr(md5({% for word in words %}cast({{ word }} as string){{ " || '/' || " if not loop.last }}{% endfor %}), 1, 8)
    {%- endset -%}
    (cast({% if target.type == 'spark' %}conv({{ digits }}, 16, 10){% else %}cast('0x' || {{ digits }} as bigint){% endif %} as double) / 4294967296.0)
{%- endmacro %}
