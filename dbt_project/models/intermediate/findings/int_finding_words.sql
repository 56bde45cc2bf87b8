-- Each finding with its values, places and names in words, in both languages, not masked; and its message as its own sender may read it.
{#- Units and reporters are called as at the end of the period, or where none is known, when the finding was made. #}
{%- set named_on = "coalesce(periods.period_end, " ~ local_date('judged.detected_at') ~ ")" %}
with judged as (
    select * from {{ ref('int_finding_states') }}
),

submissions as (select * from {{ ref('int_submission_verdicts') }}),

forms as (select * from {{ ref('stg_landed__forms') }}),

units as (select * from {{ ref('stg_reference__units') }} where level <> 'province'),

reporters as (select * from {{ ref('int_reporters') }}),

periods as (select * from {{ ref('stg_reference__periods') }}),

messages as (select * from {{ ref('stg_reference__rule_messages') }}),

rules as (select * from {{ ref('stg_reference__rules') }}),

labels as (select * from {{ ref('stg_reference__labels') }}),

own_fields as (select * from {{ ref('stg_landed__form_fields') }} where label_vi is not null),

words as (select * from {{ ref('int_words') }}),

-- what lists of fields are called, in their order
field_lists as (
    select
        lists.further_fields,
        {{ listed_in_order('labels.label_vi', 'labels.code', 'lists.further_fields') }} as further_fields_vi,
        {{ listed_in_order('labels.label_en', 'labels.code', 'lists.further_fields') }} as further_fields_en
    from (select distinct further_fields from judged where further_fields is not null) as lists
    inner join labels
        on {{ in_list('labels.code', 'lists.further_fields') }}
    group by lists.further_fields
),

worded as (
    select
        judged.*,
        periods.month,
        coalesce(judged.label, units.name_vi, judged.unit_code, judged.unit_name) as unit_text,
        coalesce(units.name_vi, judged.unit_code, judged.unit_name) as commune_text,
        coalesce(senders.name_vi, related_submissions.reporter_code) as related_reporter_text,
        coalesce(reporters.name_vi, judged.reporter_code) as reporter_text,
        coalesce(forms.number, judged.form) as form_text,
        {{ plain_number('judged.difference') }} as difference_text,
        field_lists.further_fields_vi,
        field_lists.further_fields_en,
        {% for language in ['vi', 'en'] %}
        {{ place('related_submissions.file_name', 'judged.related_sheet', 'judged.related_cell', language) }} as related_place_{{ language }},
        {{ period_in_words('judged.period', language) }} as period_{{ language }},
        coalesce(exact.message_{{ language }}, plain.message_{{ language }}) as template_{{ language }},
        coalesce(
            own_fields.label_{{ language }},
            fields.label_{{ language }} || case when judged.field like 'criterion^__%' escape '^' then ' ' || substr(judged.field, 11) else '' end,
            judged.field
        ) as field_{{ language }},
        {{ value_in_words('judged.value', 'judged.value_kind', language, 'value_labels.label_' ~ language, 'value_reporters.name_vi') }}
            as value_{{ language }},
        case
            when judged.expected_kind like 'any^_%' escape '^'
                then {{ type_in_words('type_labels.label_' ~ language, 'judged.expected_low', 'judged.expected_high', language) }}
            else {{ value_in_words('judged.expected', 'judged.expected_kind', language, 'expected_labels.label_' ~ language, 'expected_reporters.name_vi') }}
        end as expected_{{ language }},
        {% set related_label = 'coalesce(related_labels.label_' ~ language ~ ', related_rules.description_' ~ language ~ ')' %}
        {{ value_in_words('judged.related_value', 'judged.related_kind', language, related_label, 'related_reporters.name_vi') }}
            as related_value_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from judged
    cross join words
    left join forms
        on judged.form = forms.form
    left join periods
        on judged.period = periods.period
    left join units
        on judged.unit_code = units.unit_code and {{ is_valid_on(named_on, 'units') }}
    left join reporters
        on judged.reporter_code = reporters.reporter_code and {{ is_valid_on(named_on, 'reporters') }}
    left join submissions as related_submissions
        on judged.related_submission_id = related_submissions.submission_id
    left join reporters as senders
        on
            related_submissions.reporter_code = senders.reporter_code
            and {{ is_valid_on('coalesce(related_submissions.period_end, ' ~ local_date('judged.detected_at') ~ ')', 'senders') }}
    left join field_lists
        on judged.further_fields = field_lists.further_fields
    left join messages as exact
        on judged.rule_id = exact.rule_id and coalesce(judged.variant, '') = exact.variant
    left join messages as plain
        on judged.rule_id = plain.rule_id and plain.variant = ''
    left join labels as fields
        on case when judged.field like 'criterion^__%' escape '^' and judged.field <> 'criterion_no' then 'criterion_no' else judged.field end = fields.code
    left join own_fields
        on judged.form = own_fields.form and judged.field = own_fields.field
    left join labels as value_labels
        on case when judged.value_kind = 'code' then judged.value end = value_labels.code
    left join labels as expected_labels
        on case when judged.expected_kind = 'code' then judged.expected end = expected_labels.code
    left join labels as type_labels
        on judged.expected_kind = type_labels.code
    left join labels as related_labels
        on case when judged.related_kind = 'code' then judged.related_value end = related_labels.code
    left join rules as related_rules
        on case when judged.related_kind = 'code' then judged.related_value end = related_rules.rule_id
    left join reporters as value_reporters
        on
            case when judged.value_kind = 'reporter' then judged.value end = value_reporters.reporter_code
            and {{ is_valid_on(named_on, 'value_reporters') }}
    left join reporters as expected_reporters
        on
            case when judged.expected_kind = 'reporter' then judged.expected end = expected_reporters.reporter_code
            and {{ is_valid_on(named_on, 'expected_reporters') }}
    left join reporters as related_reporters
        on
            case when judged.related_kind = 'reporter' then judged.related_value end = related_reporters.reporter_code
            and {{ is_valid_on(named_on, 'related_reporters') }}
)

select
    finding_id,
    subject_id,
    rule_id,
    variant,
    severity,
    reporter_code,
    form,
    period,
    month,
    submission_id,
    delivery_id,
    file,
    sheet,
    row_number,
    cell,
    unit_code,
    field,
    value,
    value_kind,
    expected,
    expected_kind,
    is_personal,
    related_submission_id,
    related_sheet,
    related_cell,
    related_value,
    related_kind,
    is_related_personal,
    difference,
    detected_at,
    state,
    explanation,
    unit_text,
    commune_text,
    related_reporter_text,
    reporter_text,
    form_text,
    difference_text,
    related_place_vi,
    period_vi,
    template_vi,
    field_vi,
    further_fields_vi,
    value_vi,
    expected_vi,
    related_value_vi,
    related_place_en,
    period_en,
    template_en,
    field_en,
    further_fields_en,
    value_en,
    expected_en,
    related_value_en,
    {{ is_about_office('rule_id') }} as is_about_office,
    case when is_personal or is_related_personal then {{ finding_message('vi', 'value_vi', 'expected_vi', 'related_value_vi') }} end as own_message_vi
from worded
