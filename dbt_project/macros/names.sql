{# Names of persons in free text: found as they were landed somewhere as personal, and masked wherever such a text is published. #}

{# Fields that stay inside, and hold no name that could be searched for: what a mail says is mostly what its file says, too. #}
{% macro personal_but_nameless() %}{{ return(['subject', 'sent_from', 'message_id', 'message_text']) }}{% endmacro %}

{# A name without what a person is addressed by ("Ông Nguyễn Văn An"; the household of its owner). #}
{% macro without_address(name) %}{{ pattern_replaced("trim(" ~ name ~ ")", '^((hộ|ông|bà|anh|chị|đồng chí|đ/c)\\s+)+', '', is_any_case=true) }}{% endmacro %}

{# A character of a word, in a regular expression: what is none stands between words, as in "Nguyen_Van-An.xlsx". #}
{% macro word_character() %}\p{L}\p{M}\p{N}{% endmacro %}

{# The words of a text as names are compared by, in order: no case, no diacritics. #}
{% macro word_keys(text) -%}
    {{ items_as("regexp_extract_all(" ~ text ~ ", " ~ pattern_text("[" ~ word_character() ~ "]+") ~ ", 0)", "replace(" ~ without_accents("lower(item)") ~ ", 'đ', 'd')") }}
{%- endmacro %}

{# A text in pieces: its words, and what stands between them. #}
{% macro text_pieces(text) -%}
    regexp_extract_all({{ text }}, {{ pattern_text('[' ~ word_character() ~ ']+|[^' ~ word_character() ~ ']+') }}, 0)
{%- endmacro %}

{# The published columns whose text is somebody's own words, by table. What is not here is a code, a number, or from our own lists. #}
{% macro free_texts() %}
    {{ return({
        'marts.fct_criterion_statuses': ['reported_sheet'],
        'marts.fct_indicator_verdicts': ['verified_value'],
        'marts.fct_production_models': ['model_name', 'village', 'sector', 'product', 'sheet'],
        'marts.fct_establishments': ['establishment_name', 'sector', 'sheet'],
        'marts.fct_model_areas': ['village', 'sheet'],
        'marts.fct_inspections': ['item', 'sheet'],
        'marts.inspection_plan': ['item'],
        'marts.fct_officers': ['field'],
        'marts.fct_publicity': ['activity', 'sheet'],
        'marts.fct_chain_links': ['product', 'sheet'],
        'marts.fct_resources': ['sheet'],
        'marts.fct_tasks': ['document_no', 'task', 'target', 'evidence'],
        'marts.task_quarters': ['document_no', 'task', 'evidence'],
        'quality.deliveries': ['path', 'file_name'],
        'quality.submissions': ['file_name', 'sheets'],
        'quality.obligations': ['exception_reason'],
        'quality.findings': ['sheet', 'received_value', 'expected_value', 'related_sheet', 'related_value', 'message_vi', 'message_en', 'explanation', 'file'],
        'quality.answers': ['answer', 'sheet'],
        'quality.reminders': ['message_vi', 'message_en'],
        'quality.revisions': ['item_key', 'old_value', 'new_value'],
    }) }}
{% endmacro %}
