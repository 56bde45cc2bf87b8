{# Whether a ';'-joined list in a column has an item. #}
{% macro in_list(item, list) %}(';' || replace({{ list }}, ' ', '') || ';' like '%;' || {{ item }} || ';%'){% endmacro %}

{# A ';'-joined list of the distinct values of a group, sorted. #}
{% macro distinct_list(value) %}{{ joined_text('distinct ' ~ value, ';', value) }}{% endmacro %}

{# The names of the codes in a ';'-joined list, in the list's order. #}
{% macro listed_in_order(name, code, list) %}{{ joined_text(name, ', ', "instr(';' || " ~ list ~ " || ';', ';' || " ~ code ~ " || ';')") }}{% endmacro %}

{# Several values as one text. A NULL is not the text of nothing, nor does a shift between parts go unseen. #}
{% macro key_text(parts) -%}
    {% for part in parts %}coalesce(cast({{ part }} as string), '~'){{ " || chr(31) || " if not loop.last }}{% endfor %}
{%- endmacro %}

{# A short, stable hash of several values: for an id whose key says nothing about a person. #}
{% macro short_hash(parts) %}substr(md5({{ key_text(parts) }}), 1, 16){% endmacro %}

{# The same, of a key that may name a person, with the secret of this installation: who has ids and a list of names can't tell which is whose.
   SHA-256 over the secret (64 characters, always) and the key. HMAC would guard against lengthening what was hashed, for which one needs the
   whole hash: a quarter of it goes out. It took 2.2 µs a row, this 0.9 (DuckDB 1.5.6). #}
{% macro keyed_hash(parts) -%}
    {%- set key -%}(select secret from {{ ref('int_id_secret') }}) || {{ key_text(parts) }}{%- endset -%}
    substr({% if target.type == 'spark' %}sha2({{ key }}, 256){% else %}sha256({{ key }}){% endif %}, 1, 16)
{%- endmacro %}

{# A number as a person writes it: 12, not 12.0; 0.3, not 0.30000000000000004. #}
{% macro plain_number(number) -%}
    {%- set rounded = 'round(' ~ number ~ ', 6)' -%}
    case
        when {{ rounded }} = floor({{ rounded }}) and abs({{ number }}) < 1e15 then cast(cast({{ rounded }} as bigint) as string)
        {% if target.type == 'spark' -%}
        else trim(trailing '0' from cast(cast({{ number }} as decimal(38, 6)) as string))
        {%- else -%}
        else cast({{ rounded }} as string)
        {%- endif %}
    end
{%- endmacro %}

{# A number (64 bits) that stands for the values of a row within one build: rows that differ have different ones, whatever their types.
   Hashed once more, so that the sum over the rows of a report does not forgive two rows that exchange a value. #}
{% macro row_hash(columns) -%}
    {% if target.type == 'spark' -%}
        xxhash64(xxhash64({% for column in columns %}coalesce('1' || cast({{ column }} as string), '0'){{ " || chr(31) || " if not loop.last }}{% endfor %}))
    {%- else -%}
        hash(hash({{ columns | join(", ") }}))
    {%- endif %}
{%- endmacro %}

{# The sum of such numbers: wider than 64 bits, whatever the engine makes of one that overflows. #}
{% macro sum_of_hashes(hash) %}sum({% if target.type == 'spark' %}cast({{ hash }} as decimal(38, 0)){% else %}{{ hash }}{% endif %}){% endmacro %}

{# The texts of a group as one, in an order. #}
{% macro joined_text(text, separator, order) -%}
    {% if target.type == 'spark' -%}
        listagg({{ text }}, '{{ separator }}') within group (order by {{ order }})
    {%- else -%}
        string_agg({{ text }}, '{{ separator }}' order by {{ order }})
    {%- endif %}
{%- endmacro %}

{# One hash of all values of a group, the same in whatever order they come. #}
{% macro ordered_hash(value) %}md5({{ joined_text(value, ',', value) }}){% endmacro %}

{# A regular expression as a text: in any other text of Spark's a backslash is the beginning of a character. #}
{% macro pattern_text(pattern) %}{{ 'r' if target.type == 'spark' }}'{{ pattern }}'{% endmacro %}

{# Whether a text has something of a pattern in it; and the text with all that fits a pattern replaced. #}
{% macro is_like_pattern(text, pattern) -%}
    {{ 'regexp_like' if target.type == 'spark' else 'regexp_matches' }}({{ text }}, {{ pattern_text(pattern) }})
{%- endmacro %}
{% macro pattern_replaced(text, pattern, by, is_any_case=false) -%}
    {% if target.type == 'spark' -%}
        regexp_replace({{ text }}, {{ pattern_text(('(?iu)' if is_any_case else '') ~ pattern) }}, '{{ by }}')
    {%- else -%}
        regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}', '{{ 'gi' if is_any_case else 'g' }}')
    {%- endif %}
{%- endmacro %}

{# A text of small letters without their marks. Spark has no function for it: these are all Latin letters that DuckDB's takes one from (a test
   holds the two equal), and marks that stand by themselves. #}
{% macro accented_letters() %}{{ return('àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǎǐǒǔǖǘǚǜǟǡǣǧǩǫǭǯǰǵǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙẛạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ') }}{% endmacro %}
{% macro unaccented_letters() %}{{ return('aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzouaiouuuuuaaægkooʒjgnaæøaaeeiioorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzzhtwyſaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy') }}{% endmacro %}
{% macro without_accents(text) -%}
    {% if target.type == 'spark' -%}
        translate(regexp_replace({{ text }}, {{ pattern_text('\\p{M}') }}, ''), '{{ accented_letters() }}', '{{ unaccented_letters() }}')
    {%- else -%}
        strip_accents({{ text }})
    {%- endif %}
{%- endmacro %}

{# A name as a key: case and spaces do not matter. (Intake has cleaned it: Unicode, look-alikes.) #}
{% macro folded(name) %}nullif(lower(trim({{ pattern_replaced(name, '\\s+', ' ') }})), ''){% endmacro %}

{# A text with a capital at its beginning, as in a heading. #}
{% macro capitalised(text) %}upper(substr({{ text }}, 1, 1)) || substr({{ text }}, 2){% endmacro %}
