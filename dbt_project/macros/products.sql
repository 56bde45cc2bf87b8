{# The products that the notice of 7 September 2014 names (item 1.3b), as groups, from the free text of a list: the first that fits. #}
{% macro product_group(product) -%}
    case
        when {{ product }} is null then null
        {% for group, words in [
            ('pigs', ['lợn', 'heo']),
            ('cattle', ['bò']),
            ('deer', ['hươu', 'nai']),
            ('quality_rice', ['lúa']),
            ('orange_pomelo', ['cam', 'bưởi']),
            ('vegetables_fruit', ['rau', 'củ', 'quả']),
            ('sea_products', ['tôm', 'cá', 'hải sản', 'ngao', 'cua']),
        ] %}
        when {% for word in words %}' ' || lower({{ product }}) || ' ' like '% {{ word }} %'{{ " or " if not loop.last }}{% endfor %} then '{{ group }}'
        {% endfor %}
        else 'other'
    end
{%- endmacro %}
