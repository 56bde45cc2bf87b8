{# What a unit is called where there is little room: "Huyện Can Lộc" is "Can Lộc", "Thị xã Kỳ Anh" is "TX Kỳ Anh"; the abbreviation tells
   apart what bears one name. #}
{% macro short_unit_name(name) -%}
    case
        when {{ name }} like 'Xã %' then substr({{ name }}, 4)
        when {{ name }} like 'Phường %' then 'P. ' || substr({{ name }}, 8)
        when {{ name }} like 'Thị trấn %' then 'TT ' || substr({{ name }}, 10)
        when {{ name }} like 'Đặc khu %' then 'ĐK ' || substr({{ name }}, 9)
        when {{ name }} like 'Huyện %' then substr({{ name }}, 7)
        when {{ name }} like 'Thị xã %' then 'TX ' || substr({{ name }}, 8)
        when {{ name }} like 'Thành phố %' then 'TP ' || substr({{ name }}, 11)
        when {{ name }} like 'Quận %' then 'Q. ' || substr({{ name }}, 6)
        when {{ name }} like 'Tỉnh %' then substr({{ name }}, 6)
        else {{ name }}
    end
{%- endmacro %}

{# One row per code of a dimension with validity: the interval that holds on the as-of day, else the last before it, else the first to come. #}
{% macro current_rows(relation, code) %}
    select
        *,
        coalesce(valid_from <= {{ as_of() }}, true) and coalesce(valid_to > {{ as_of() }}, true) as is_valid
    from {{ relation }}
    qualify row_number() over (
        partition by {{ code }}
        order by
            coalesce(valid_from > {{ as_of() }}, false),
            case when valid_from > {{ as_of() }} then valid_from end,
            valid_from desc nulls last
    ) = 1
{% endmacro %}
