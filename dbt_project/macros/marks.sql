{# The text of a cell as the words for a mark are looked up (`landed.mark_words`): lower case, no blanks, every dash a hyphen. #}
{% macro mark_word(text) %}{{ pattern_replaced("lower(replace(" ~ text ~ ", ' ', ''))", '[\\p{Pd}−]', '-') }}{% endmacro %}

{# The other mark. #}
{% macro opposite_mark(mark) %}case {{ mark }} when 'met' then 'not_met' when 'not_met' then 'met' end{% endmacro %}
