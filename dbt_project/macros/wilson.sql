{# One end of the Wilson score interval of a share of `n` things; `z2n` = z² / n. Wilson (1927); never leaves 0..1 but by rounding. #}
{% macro wilson(share, n, z2n, sign) -%}
    (({{ share }} + {{ z2n }} / 2 {{ sign }} sqrt({{ z2n }} * ({{ share }} * (1 - {{ share }}) + {{ z2n }} / 4))) / (1 + {{ z2n }}))
{%- endmacro %}
