-- Whether each rural commune counts towards each target that counts communes; NULL where that is not known. What it lacks to count for the
-- better is `missing`: a number of steps (criteria, model sizes, establishments, officers), and the words for them.
with communes as (
    select * from {{ ref('int_commune_months') }}
),

targets as (
    select * from {{ ref('stg_reference__targets') }}
),

criteria as (
    select * from {{ ref('int_commune_criterion_counts') }}
),

described as (
    select
        communes.*,
        {{ set_as_text('criteria.criteria_not_met') }} as criteria_not_met,
        case when communes.models_large = 0 then 1 else 0 end
        + case when communes.models_medium = 0 then 1 else 0 end
        + case when communes.models_small = 0 then 1 else 0 end as sizes_missing,
        nullif(concat_ws(
            ', ',
            case when communes.models_large = 0 then 'lớn' end,
            case when communes.models_medium = 0 then 'vừa' end,
            case when communes.models_small = 0 then 'nhỏ' end
        ), '') as sizes_missing_vi,
        nullif(concat_ws(
            ', ',
            case when communes.models_large = 0 then 'large' end,
            case when communes.models_medium = 0 then 'medium' end,
            case when communes.models_small = 0 then 'small' end
        ), '') as sizes_missing_en,
        case when communes.enterprises_active = 0 then 1 else 0 end
        + case when communes.cooperatives_active = 0 then 1 else 0 end as kinds_missing
    from communes
    left join criteria
        on communes.month = criteria.month and communes.commune_code = criteria.commune_code
),

{#- target, whether the commune counts, whether it is asked at all, what it lacks: steps, and words in both languages -#}
{%- set metrics = [
    ('T01', 'has_all_model_sizes', 'true', 'sizes_missing',
     "'Chưa có mô hình đang hoạt động quy mô ' || sizes_missing_vi", "'No running model of size ' || sizes_missing_en"),
    ('T02a', 'enterprises_active > 0 or cooperatives_active > 0', 'true', '1',
     "'Chưa có doanh nghiệp hoặc HTX'", "'Neither an enterprise nor a cooperative'"),
    ('T02b', 'enterprises_active > 0 and cooperatives_active > 0', 'true', 'kinds_missing',
     "case when kinds_missing = 2 then 'Chưa có doanh nghiệp, chưa có HTX' when enterprises_active = 0 then 'Chưa có doanh nghiệp' else 'Chưa có HTX' end",
     "case when kinds_missing = 2 then 'No enterprise, no cooperative' when enterprises_active = 0 then 'No enterprise' else 'No cooperative' end"),
    ('T03', 'has_no_model', 'true', '1', "'Chưa có mô hình đang hoạt động'", "'No running model'"),
    ('T04', 'is_at_19', 'true', '19 - criteria_met_latest',
     "'Đạt ' || criteria_met_latest || ' tiêu chí; chưa đạt: ' || criteria_not_met",
     "'Meets ' || criteria_met_latest || ' criteria; not met: ' || criteria_not_met"),
    ('T05', 'has_few_criteria', 'true', 'weak_below_criteria - criteria_met_latest',
     "'Đạt ' || criteria_met_latest || ' tiêu chí; chưa đạt: ' || criteria_not_met",
     "'Meets ' || criteria_met_latest || ' criteria; not met: ' || criteria_not_met"),
    ('T09', 'has_officer', 'true', '1', "'Chưa có cán bộ phụ trách'", "'No officer in charge'"),
    ('T10', 'has_leader', 'is_weak', '1', "'Xã yếu chưa có lãnh đạo phụ trách'", "'A weak commune without a leader in charge'"),
] %}

answered as (
    {% for target, answer, asked, missing, words_vi, words_en in metrics %}
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
        {{ words_vi }} as missing_vi,
        {{ words_en }} as missing_en
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
inner join targets
    on answered.target_id = targets.target_id
