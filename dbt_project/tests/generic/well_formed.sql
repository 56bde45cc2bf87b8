{# A table keeps its word: `key` is its key, `known` are never NULL, `counts` never below 0, `rates` within 0..1, `ranges` within their two bounds
   (none: unbounded), of two columns in `not_below` the first is never below the second, `words` have only those words, `patterns` only that form.
   One test a table, since each dbt node costs about 0.1 s whatever it does (measured, 300 nodes on 2 cores); the rows it returns say what is broken.
   NULL is unknown: it breaks `known` alone. #}
{% test well_formed(model, key=[], known=[], counts=[], rates=[], ranges={}, not_below=[], words={}, patterns={}) %}
{% set checks = [] %}
{% for column in known %}{% do checks.append((column ~ ' is unknown', column ~ ' is null')) %}{% endfor %}
{% for column in counts %}{% do checks.append((column ~ ' is below 0', column ~ ' < 0')) %}{% endfor %}
{% for column in rates %}{% do checks.append((column ~ ' is not within 0..1', column ~ ' < 0 or ' ~ column ~ ' > 1')) %}{% endfor %}
{% for column, (lower, upper) in ranges.items() %}
    {% if lower is not none %}{% do checks.append((column ~ ' is below ' ~ lower, column ~ ' < ' ~ lower)) %}{% endif %}
    {% if upper is not none %}{% do checks.append((column ~ ' is above ' ~ upper, column ~ ' > ' ~ upper)) %}{% endif %}
{% endfor %}
{% for column, least in not_below %}{% do checks.append((column ~ ' is below ' ~ least, column ~ ' < ' ~ least)) %}{% endfor %}
{% for column, allowed in words.items() %}
    {% do checks.append((column ~ ' is not an allowed value', column ~ " not in ('" ~ allowed | join("', '") ~ "')")) %}
{% endfor %}
{% for column, form in patterns.items() %}
    {% do checks.append((column ~ ' is not of its form', "not " ~ is_like_pattern(column, form))) %}
{% endfor %}
with broken as (
    {% for name, condition in checks %}
    select '{{ name }}' as what, count(*) as rows_broken from {{ model }} where {{ condition }}
    union all
    {% endfor %}
    {% if key %}
    select 'the key stands more than once' as what, count(*) - (select count(*) from (select distinct {{ key | join(", ") }} from {{ model }})) as rows_broken
    from {{ model }}
    {% else %}
    select 'the key stands more than once' as what, 0 as rows_broken
    {% endif %}
)

select * from broken where rows_broken > 0
{% endtest %}
