-- Whether each rural commune counts towards each target that counts communes; NULL where that is not known. What it lacks to count for the
-- better is `missing`: a number of steps (criteria, model sizes, establishments, officers), and the words for them.
with communes as (
    select * from {{ ref('int_commune_months') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

criteria as (
    select * from {{ ref('int_commune_criterion_counts') }}
),

words as (
    select * from {{ ref('int_words') }}
),

described as (
    select
        communes.*,
        words.*,
        {{ set_as_text('criteria.criteria_not_met') }} as criteria_not_met,
        case when communes.models_large = 0 then 1 else 0 end
        + case when communes.models_medium = 0 then 1 else 0 end
        + case when communes.models_small = 0 then 1 else 0 end as sizes_missing,
        {% for language in ['vi', 'en'] %}
        nullif(concat_ws(
            ', ',
            case when communes.models_large = 0 then words.large_{{ language }} end,
            case when communes.models_medium = 0 then words.medium_{{ language }} end,
            case when communes.models_small = 0 then words.small_{{ language }} end
        ), '') as sizes_missing_{{ language }},
        {% endfor %}
        case when communes.enterprises_active = 0 then 1 else 0 end
        + case when communes.cooperatives_active = 0 then 1 else 0 end as kinds_missing
    from communes
    cross join words
    left join criteria
        on communes.month = criteria.month and communes.commune_code = criteria.commune_code
),

{#- target, whether the commune counts, whether it is asked at all, what it lacks: steps, a sentence, and what stands in it -#}
{%- set metrics = [
    ('T01', 'has_all_model_sizes', 'true', 'sizes_missing', {'true': 'gap_model_size'}),
    ('T02a', 'enterprises_active > 0 or cooperatives_active > 0', 'true', '1', {'true': 'gap_either'}),
    ('T02b', 'enterprises_active > 0 and cooperatives_active > 0', 'true', 'kinds_missing',
     {'kinds_missing = 2': 'gap_both', 'enterprises_active = 0': 'gap_enterprise', 'true': 'gap_cooperative'}),
    ('T03', 'has_no_model', 'true', '1', {'true': 'gap_model'}),
    ('T04', 'is_at_19', 'true', 'criteria_total - criteria_met_latest', {'true': 'gap_criteria'}),
    ('T05', under_nineteen('has_few_criteria', 'criteria_total'), 'true', 'weak_below_criteria - criteria_met_latest', {'true': 'gap_criteria'}),
    ('T09', 'has_officer', 'true', '1', {'true': 'gap_officer'}),
    ('T10', 'has_leader', 'is_weak', '1', {'true': 'gap_leader'}),
] %}

answered as (
    {% for target, answer, asked, missing, sentences in metrics %}
    select
        '{{ target }}' as target_id,
        month,
        commune_code,
        commune_name,
        district_code,
        criteria_met_latest,
        {{ answer }} as answer,
        {{ asked }} as is_asked,
        {{ missing }} as missing,
        {% for language in ['vi', 'en'] %}
        {%- set values = {
            'gap_model_size': {'sizes': 'sizes_missing_' ~ language},
            'gap_criteria': {'count': 'criteria_met_latest', 'criteria': 'criteria_not_met'}
        } %}
        case
            {% for condition, code in sentences.items() %}
            when {{ condition }}
                then {{ say(code, language, values.get(code, {}), words='') }}
            {% endfor %}
        end as missing_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from described
    {# of a commune that may be weak, a leader in charge is no harm; one that is not weak is not asked #}
    where coalesce({{ asked }}, true)
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    answered.target_id,
    answered.month,
    answered.commune_code,
    answered.commune_name,
    answered.district_code,
    answered.criteria_met_latest,
    answered.answer,
    answered.is_asked,
    -- what keeps the target from being met: an answer of the wrong kind, or none
    case when targets.operator = '<=' then answered.answer else not answered.answer end as is_against,
    case when is_against and answered.is_asked then answered.missing end as missing,
    case when is_against and answered.is_asked then answered.missing_vi end as missing_vi,
    case when is_against and answered.is_asked then answered.missing_en end as missing_en
from answered
inner join windows
    on answered.month = windows.month
inner join targets
    on answered.target_id = targets.target_id and {{ is_valid_on('windows.month_end', 'targets') }}
