{# One end ('-' or '+') of the Wilson score interval of a share; `z2n` = z² / n. Wilson (1927): it never leaves 0..1 but by rounding. #}
{% macro wilson(share, z2n, sign) -%}
    case
        when {{ share }} is not null
            then least(1, greatest(
                0,
                ({{ share }} + {{ z2n }} / 2 {{ sign }} sqrt({{ z2n }} * ({{ share }} * (1 - {{ share }}) + {{ z2n }} / 4))) / (1 + {{ z2n }})
            ))
    end
{%- endmacro %}
