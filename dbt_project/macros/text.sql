{# Whether a ';'-joined list in a column has an item. #}
{% macro in_list(item, list) %}(';' || replace({{ list }}, ' ', '') || ';' like '%;' || {{ item }} || ';%'){% endmacro %}

{# A ';'-joined list of the distinct values of a group, sorted. #}
{% macro distinct_list(value) %}string_agg(distinct {{ value }}, ';' order by {{ value }}){% endmacro %}

{# The names of the codes in a ';'-joined list, in the list's order. #}
{% macro listed_in_order(name, code, list) %}string_agg({{ name }}, ', ' order by strpos(';' || {{ list }} || ';', ';' || {{ code }} || ';')){% endmacro %}

{# Several values as one text. A NULL is not the text of nothing, nor does a shift between parts go unseen. #}
{% macro key_text(parts) -%}
    {% for part in parts %}coalesce(cast({{ part }} as varchar), '~'){{ " || chr(31) || " if not loop.last }}{% endfor %}
{%- endmacro %}

{# A short, stable hash of several values: for an id whose key says nothing about a person. #}
{% macro short_hash(parts) %}substr(md5({{ key_text(parts) }}), 1, 16){% endmacro %}

{# The same, of a key that may name a person, with the secret of this installation: who has ids and a list of names can't tell which is whose.
   SHA-256 over the secret (64 characters, always) and the key. HMAC would guard against lengthening what was hashed, for which one needs the
   whole hash: a quarter of it goes out. It took 2.2 µs a row, this 0.9 (DuckDB 1.5.6). #}
{% macro keyed_hash(parts) %}substr(sha256((select secret from {{ ref('int_id_secret') }}) || {{ key_text(parts) }}), 1, 16){% endmacro %}

{# A number as a person writes it: 12, not 12.0; 0.3, not 0.30000000000000004. #}
{% macro plain_number(number) -%}
    case
        when {{ number }} = floor({{ number }}) and abs({{ number }}) < 1e15 then cast(cast({{ number }} as bigint) as varchar)
        else cast(round({{ number }}, 6) as varchar)
    end
{%- endmacro %}

{# A number (64 bits) that stands for the values of a row within one build: rows that differ have different ones, whatever their types.
   Hashed once more, so that the sum over the rows of a report does not forgive two rows that exchange a value. #}
{% macro row_hash(columns) %}hash(hash({{ columns | join(", ") }})){% endmacro %}

{# One hash of all values of a group, the same in whatever order they come. #}
{% macro ordered_hash(value) %}md5(string_agg({{ value }}, ',' order by {{ value }})){% endmacro %}

{# A name as a key: case and spaces do not matter. (Intake has cleaned it: Unicode, look-alikes.) #}
{% macro folded(name) %}nullif(lower(trim(regexp_replace({{ name }}, '\s+', ' ', 'g'))), ''){% endmacro %}

{# A text with a capital at its beginning, as in a heading. #}
{% macro capitalised(text) %}upper(substr({{ text }}, 1, 1)) || substr({{ text }}, 2){% endmacro %}
