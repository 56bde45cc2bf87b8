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

described as (
    select
        *,
        nullif(concat_ws(
            '; ',
            case when criteria_disputed > 0 then 'sở chưa công nhận ' || criteria_disputed || ' tiêu chí huyện báo đạt' end,
            case when criteria_gained > 0 then 'tăng ' || criteria_gained || ' tiêu chí trong một tháng' end,
            case when criteria_met >= 18 then 'báo đạt ' || criteria_met || ' tiêu chí' end,
            case when findings > 0 then findings || ' phát hiện trong báo cáo mới nhất' end,
            case when is_weak then 'xã yếu' end,
            case when months_since_visit is null then 'chưa được kiểm tra trong 12 tháng' else months_since_visit || ' tháng từ lần kiểm tra trước' end
        ), '') as signs_vi,
        nullif(concat_ws(
            '; ',
            case when criteria_disputed > 0 then 'criteria reported met, not met by the department: ' || criteria_disputed end,
            case when criteria_gained > 0 then 'criteria gained in a month: ' || criteria_gained end,
            case when criteria_met >= 18 then 'criteria reported met: ' || criteria_met end,
            case when findings > 0 then 'findings in the newest reports: ' || findings end,
            case when is_weak then 'weak commune' end,
            case when months_since_visit is null then 'not inspected within 12 months' else 'months since the last inspection: ' || months_since_visit end
        ), '') as signs_en
    from visits
)

select
    described.month,
    described.commune_code,
    described.commune_name,
    described.district_code,
    described.part,
    cast(described.draw_no as integer) as draw_no,
    case
        when described.part = 'random' then 'Chọn ngẫu nhiên trong huyện'
        when described.is_for_district then 'Huyện chưa được kiểm tra trong quý: ' || described.signs_vi
        when described.is_for_new_model then 'Có mô hình mới hình thành: ' || described.signs_vi
        else 'Rủi ro: ' || described.signs_vi
    end || case when described.is_repeat then ' (kiểm tra lại trong ' || described.rest_months || ' tháng)' else '' end as reason_vi,
    case
        when described.part = 'random' then 'Drawn at random within the district'
        when described.is_for_district then 'No other visit to the district this quarter: ' || described.signs_en
        when described.is_for_new_model then 'Has a newly formed model: ' || described.signs_en
        else 'Risk: ' || described.signs_en
    end || case when described.is_repeat then ' (again within ' || described.rest_months || ' months)' else '' end as reason_en,
    described.risk_score,
    described.is_repeat,
    described.known_on as known_until_on,
    'inspection_plan/' || {{ quarter_text('described.month') }} as plan_seed,
    described.inclusion_probability,
    items.item_no,
    items.item_kind,
    items.item,
    items.item_id,
    case items.status when 'met' then 'Đạt' when 'not_met' then 'Chưa đạt' else labels.label_vi end as reported_value,
    items.is_new_model,
    items.item_probability
from described
inner join items
    on described.month = items.month and described.commune_code = items.commune_code
left join labels
    on items.status = labels.code
