-- One row per finding, in words: its values, places and names filled into the messages of its rule, in both languages.
with judged as (
    select * from {{ ref('int_finding_states') }}
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

units as (
    select * from {{ ref('stg_reference__units') }} where level <> 'province'
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

messages as (
    select * from {{ ref('stg_reference__rule_messages') }}
),

labels as (
    select * from {{ ref('stg_reference__labels') }}
),

-- personal values are for the sender's own receipt alone
masked as (
    select
        finding_id,
        case when is_personal then '•••' else value end as value,
        case when is_personal then '•••' else expected end as expected,
        case when is_related_personal then '•••' else related_value end as related_value
    from judged
),

worded as (
    select
        judged.*,
        masked.value as shown_value,
        masked.expected as shown_expected,
        masked.related_value as shown_related_value,
        coalesce(judged.label, units.name_vi, judged.unit_code, judged.unit_name) as unit_text,
        coalesce(units.name_vi, judged.unit_code, judged.unit_name) as commune_text,
        coalesce(senders.name_vi, related_submissions.reporter_code) as related_reporter_text,
        coalesce(reporters.name_vi, judged.reporter_code) as reporter_text,
        {% for language in ['vi', 'en'] %}
        {{ place('related_submissions.file_name', 'judged.related_sheet', 'judged.related_cell', language) }} as related_place_{{ language }},
        coalesce(exact.message_{{ language }}, plain.message_{{ language }}) as template_{{ language }},
        case
            when judged.field like 'criterion^___' escape '^' or judged.field like 'criterion^__' escape '^'
                then '{{ "tiêu chí " if language == "vi" else "criterion " }}' || substr(judged.field, 11)
            else coalesce(fields.label_{{ language }}, judged.field)
        end as field_{{ language }},
        coalesce(value_reporters.name_vi, value_labels.label_{{ language }}, {{ said_vi('judged.rule_id', 'masked.value') if language == 'vi' else "case when judged.rule_id = 'F11' then " ~ place_en('masked.value') ~ " else masked.value end" }}) as value_{{ language }},
        coalesce(expected_labels.label_{{ language }}, {{ said_vi('judged.rule_id', 'masked.expected') if language == 'vi' else allowed_en('masked.expected') }}) as expected_{{ language }},
        coalesce(
            related_reporters.name_vi, related_labels.label_{{ language }}, {{ said_vi('judged.rule_id', 'masked.related_value') if language == 'vi' else 'masked.related_value' }}
        ) as related_value_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from judged
    inner join masked
        on judged.finding_id = masked.finding_id
    left join units
        on
            judged.unit_code = units.unit_code
            and {{ is_valid_on('coalesce(' ~ period_end('judged.period') ~ ', ' ~ local_date('judged.detected_at') ~ ')', 'units') }}
    left join reporters
        on
            judged.reporter_code = reporters.reporter_code
            and {{ is_valid_on('coalesce(' ~ period_end('judged.period') ~ ', ' ~ local_date('judged.detected_at') ~ ')', 'reporters') }}
    left join submissions as related_submissions
        on judged.related_submission_id = related_submissions.submission_id
    left join reporters as senders
        on
            related_submissions.reporter_code = senders.reporter_code
            and {{ is_valid_on('coalesce(related_submissions.period_end, ' ~ local_date('judged.detected_at') ~ ')', 'senders') }}
    left join messages as exact
        on judged.rule_id = exact.rule_id and coalesce(judged.variant, '') = exact.variant
    left join messages as plain
        on judged.rule_id = plain.rule_id and plain.variant = ''
    left join labels as fields
        on judged.field = fields.code
    left join labels as value_labels
        on masked.value = value_labels.code
    left join labels as expected_labels
        on masked.expected = expected_labels.code
    left join labels as related_labels
        on masked.related_value = related_labels.code
    -- the rules whose values are reporters
    left join reporters as value_reporters
        on
            case when judged.rule_id = 'F03' then masked.value end = value_reporters.reporter_code
            and {{ is_valid_on(local_date('judged.detected_at'), 'value_reporters') }}
    left join reporters as related_reporters
        on
            case
                when judged.rule_id in ('F03', 'B07') or (judged.rule_id = 'B04' and judged.variant = 'two_districts') then masked.related_value
            end = related_reporters.reporter_code
            and {{ is_valid_on(local_date('judged.detected_at'), 'related_reporters') }}
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
    shown_value as value,
    shown_expected as expected,
    related_submission_id,
    related_sheet,
    related_cell,
    shown_related_value as related_value,
    difference,
    {% for language in ['vi', 'en'] %}
    {{ fill_template('template_' ~ language, {
        'unit': 'unit_text',
        'commune': 'commune_text',
        'related_reporter': 'related_reporter_text',
        'related_place': 'related_place_' ~ language,
        'reporter': 'reporter_text',
        'period': period_vi('period') if language == 'vi' else 'period',
        'form': 'form',
        'field': 'field_' ~ language,
        'sheet': 'sheet',
        'cell': 'cell',
        'file': 'file',
        'related_sheet': 'related_sheet',
        'related_cell': 'related_cell',
        'difference': plain_number('difference'),
        'expected': 'expected_' ~ language,
        'related_value': 'related_value_' ~ language,
        'value': 'value_' ~ language
    }) }} as message_{{ language }},
    {% endfor %}
    state,
    explanation,
    detected_at,
    {{ month_of_period('period') }} as month,
    variant,
    delivery_id,
    file,
    row_number
from worded
