{# As much is there as usually is: at least one row (unless it may be empty), and of the rows of which a condition in `shares` can be told, at least that share meets it.
   What falls short is news about the reports, not a fault of the table: `severity: warn`. #}
{% test usual_volume(model, shares={}, may_be_empty=false) %}
with short as (
    {% for condition, share in shares.items() %}
    select '{{ condition | replace("'", "''") }}' as what, count(*) filter (where not ({{ condition }})) as rows_broken
    from {{ model }}
    having count(*) filter (where {{ condition }}) < {{ share }} * count({{ condition }})
    union all
    {% endfor %}
    select 'there is a row' as what, 0 as rows_broken from {{ model }} having count(*) = 0 and not {{ may_be_empty }}
)

select * from short
{% endtest %}
