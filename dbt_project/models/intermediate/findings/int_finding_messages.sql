{{ config(materialized='view') }}
-- One row per finding, those of held reports too: its message in both languages; values that say something about a person are masked.
with words as (
    select * from {{ ref('int_finding_words') }}
),

masked as (
    select
        *,
        {{ published_value('value', 'value_kind', 'value_vi', 'is_personal') }} as shown_value,
        {{ published_value('expected', 'expected_kind', 'expected_vi', 'is_personal') }} as shown_expected,
        {{ published_value('related_value', 'related_kind', 'related_value_vi', 'is_related_personal') }} as shown_related_value,
        {% for language in ['vi', 'en'] %}
        case when is_personal then '•••' else value_{{ language }} end as said_value_{{ language }},
        case when is_personal then '•••' else expected_{{ language }} end as said_expected_{{ language }},
        case when is_related_personal then '•••' else related_value_{{ language }} end as said_related_value_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from words
)

select
    finding_id,
    subject_id,
    rule_id,
    severity,
    reporter_code,
    form,
    period,
    unit_code,
    field,
    submission_id,
    sheet,
    cell,
    shown_value as received_value,
    shown_expected as expected_value,
    related_submission_id,
    related_sheet,
    related_cell,
    shown_related_value as related_value,
    difference,
    {% for language in ['vi', 'en'] %}
    {{ finding_message(language, 'said_value_' ~ language, 'said_expected_' ~ language, 'said_related_value_' ~ language) }} as message_{{ language }},
    {% endfor %}
    state,
    explanation,
    detected_at,
    month,
    variant,
    delivery_id,
    file,
    row_number
from masked
