-- The plan in words: whom to visit, why, and what to verify there.
with visits as (
    select * from {{ ref('int_inspection_visits') }}
),

items as (
    select * from {{ ref('int_inspection_items') }}
),

labels as (
    select * from {{ ref('stg_reference__labels') }}
),

words as (
    select * from {{ ref('int_words') }}
),

described as (
    select
        visits.*,
        {% for language in ['vi', 'en'] %}
        nullif(concat_ws(
            '; ',
            case when visits.criteria_disputed > 0 then {{ say('plan_sign_disputed', language, {'count': 'visits.criteria_disputed'}) }} end,
            case when visits.criteria_gained > 0 then {{ say('plan_sign_gained', language, {'count': 'visits.criteria_gained'}) }} end,
            case when visits.criteria_met >= 18 then {{ say('plan_sign_met', language, {'count': 'visits.criteria_met'}) }} end,
            case when visits.findings > 0 then {{ say('plan_sign_findings', language, {'count': 'visits.findings'}) }} end,
            case when visits.is_weak then {{ say('plan_sign_weak', language) }} end,
            case
                when visits.months_since_visit is null then {{ say('plan_sign_unvisited', language) }}
                else {{ say('plan_sign_visited', language, {'count': 'visits.months_since_visit'}) }}
            end
        ), '') as signs_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from visits
    cross join words
),

reasoned as (
    select
        described.*,
        {% for language in ['vi', 'en'] %}
        case
            when described.part = 'random' and described.unit_level = 'commune' then {{ say('plan_reason_random_commune', language) }}
            when described.part = 'random' then {{ say('plan_reason_random', language) }}
            when described.is_for_district then {{ say('plan_reason_district', language, {'signs': 'described.signs_' ~ language}) }}
            when described.is_for_new_model then {{ say('plan_reason_new_model', language, {'signs': 'described.signs_' ~ language}) }}
            else {{ say('plan_reason_risk', language, {'signs': 'described.signs_' ~ language}) }}
        end as reason_once_{{ language }},
        {{ say('plan_reason_again', language, {'months': 'described.rest_months'}) }} as again_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from described
    cross join words
)

select
    reasoned.month,
    reasoned.commune_code,
    reasoned.commune_name,
    reasoned.unit_code,
    reasoned.unit_level,
    case when reasoned.unit_level = 'district' then reasoned.district_code end as district_code,
    reasoned.part,
    cast(reasoned.draw_no as integer) as draw_no,
    {% for language in ['vi', 'en'] %}
    case
        when reasoned.is_repeat then replace(reasoned.again_{{ language }}, '{reason}', reasoned.reason_once_{{ language }})
        else reasoned.reason_once_{{ language }}
    end as reason_{{ language }},
    {% endfor %}
    reasoned.risk_score,
    reasoned.is_repeat,
    reasoned.known_on as known_until_on,
    'inspection_plan/' || {{ quarter_text('reasoned.month') }} as plan_seed,
    reasoned.inclusion_probability,
    items.item_no,
    items.item_kind,
    items.item,
    items.item_id,
    case
        when items.status in ('met', 'not_met') then upper(substr(labels.label_vi, 1, 1)) || substr(labels.label_vi, 2)
        else labels.label_vi
    end as reported_value,
    items.is_new_model,
    items.item_probability
from reasoned
inner join items
    on reasoned.month = items.month and reasoned.commune_code = items.commune_code
left join labels
    on items.status = labels.code
