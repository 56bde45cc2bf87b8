with windows as (
    select
        *,
        {{ add_months('month', 1) }} as plan_month
    from {{ ref('int_month_windows') }}
),

risks as (
    select * from {{ ref('int_inspection_risks') }}
),

draws as (
    select * from {{ ref('int_inspection_draws') }}
),

known_criteria as (
    select * from {{ ref('int_known_criteria') }}
),

criteria_in_force as (
    select * from {{ ref('int_criteria_at_month') }}
),

items as (
    select * from {{ ref('int_known_items') }}
),

labels as (
    select * from {{ ref('stg_reference__labels') }}
),

-- each commune's turn in the risk part comes once in the months of rest, so that no plan needs to know the ones before it
turns as (
    select
        risks.*,
        windows.plan_month as month,
        cast(date_trunc('quarter', windows.plan_month) as date) as quarter_start,
        windows.month_end as known_on,
        windows.inspection_communes_per_month as capacity,
        windows.inspection_rest_months as rest_months,
        (
            cast(floor({{ uniform(["'inspection_plan/turn'", 'risks.commune_code']) }} * windows.inspection_rest_months) as integer)
            + {{ months_between("cast('2000-01-01' as date)", 'windows.plan_month') }}
        ) % windows.inspection_rest_months = 0 as is_turn,
        {{ uniform(["'inspection_plan/tie'", 'windows.plan_month', 'risks.commune_code']) }} as tie
    from risks
    inner join windows
        on risks.known_month = windows.month
),

-- drawn at random in this month, or in one so near that the commune should rest (the quarter's draws are known before it begins)
drawn as (
    select
        turns.month,
        turns.commune_code,
        max(case when draws.month = turns.month then draws.inclusion_probability end) as inclusion_probability,
        max(case when draws.month = turns.month then draws.slot end) as slot
    from turns
    inner join draws
        on
            turns.commune_code = draws.commune_code
            and draws.quarter_start <= turns.quarter_start
            and abs({{ months_between('draws.month', 'turns.month') }}) < turns.rest_months
    group by turns.month, turns.commune_code
),

-- districts that have no draw in the quarter (new ones, or more than there are draws) are visited in its last month
uncovered as (
    select distinct
        turns.month,
        turns.district_code
    from turns
    where
        month(turns.month) % 3 = 0
        and not exists (
            select 1
            from draws
            inner join turns as visited
                on draws.commune_code = visited.commune_code
            where
                draws.quarter_start = turns.quarter_start
                and visited.month = turns.month
                and visited.district_code = turns.district_code
        )
),

candidates as (
    select
        turns.*,
        drawn.inclusion_probability,
        drawn.slot,
        drawn.commune_code is not null as is_at_rest,
        uncovered.district_code is not null
        and row_number() over (
            partition by turns.month, turns.district_code
            order by drawn.commune_code is not null, turns.is_turn desc, turns.risk_score desc, turns.tie
        ) = 1 as is_for_district,
        turns.models_new > 0
        and row_number() over (
            partition by turns.month
            order by
                turns.models_new > 0 desc, drawn.commune_code is not null, turns.is_turn desc, turns.risk_score desc, turns.tie
        ) = 1 as is_for_new_model
    from turns
    left join drawn
        on turns.month = drawn.month and turns.commune_code = drawn.commune_code
    left join uncovered
        on turns.month = uncovered.month and turns.district_code = uncovered.district_code
),

random_part as (
    select
        *,
        'random' as part,
        row_number() over (partition by month order by slot) as draw_no
    from candidates
    where slot is not null
),

draws_in_month as (
    select
        month,
        count(slot) as draws
    from candidates
    group by month
),

risk_part as (
    select
        candidates.*,
        'risk' as part,
        row_number() over (
            partition by candidates.month
            order by
                case when candidates.is_for_district then 0 when candidates.is_for_new_model then 1 else 2 end,
                candidates.risk_score desc,
                candidates.tie
        ) + draws_in_month.draws as draw_no
    from candidates
    inner join draws_in_month
        on candidates.month = draws_in_month.month
    where
        candidates.slot is null
        and (candidates.is_for_district or candidates.is_for_new_model or (candidates.is_turn and not candidates.is_at_rest))
),

visits as (
    select * from random_part
    union all
    select * from risk_part
    where draw_no <= capacity
),

spaced as (
    select
        *,
        coalesce(
            {{ months_between('lag(month) over (partition by commune_code order by month)', 'month') }} < rest_months,
            false
        ) as is_repeat
    from visits
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
    from spaced
),

criteria as (
    select
        described.month,
        described.commune_code,
        described.part,
        criteria_in_force.criterion_no,
        {{ of_criterion('known_criteria.status', 'criteria_in_force.criterion_no') }} as status,
        {{ of_criterion('known_criteria.previous_status', 'criteria_in_force.criterion_no') }} as previous_status,
        {{ of_criterion('known_criteria.department_status', 'criteria_in_force.criterion_no') }} as department_status
    from described
    inner join known_criteria
        on described.known_month = known_criteria.known_month and described.commune_code = known_criteria.commune_code
    inner join criteria_in_force
        on described.known_month = criteria_in_force.month
),

-- what there is to verify in each commune visited
verifiable as (
    select
        criteria.month,
        criteria.commune_code,
        criteria.part,
        'criterion' as item_kind,
        cast(criteria.criterion_no as varchar) as item,
        cast(null as varchar) as item_id,
        criteria.status,
        false as is_new_model,
        -- the risk part asks first for what is in doubt, then for what is claimed
        case
            when criteria.part = 'random' then 0
            when criteria.status = 'met' and criteria.department_status = 'not_met' then 1
            when criteria.status = 'met' and criteria.previous_status = 'not_met' then 2
            when criteria.status = 'met' then 3
            else 4
        end as concern,
        {{ uniform(["'inspection_plan/item'", 'criteria.month', 'criteria.commune_code', 'criteria.criterion_no']) }} as tie
    from criteria
    union all
    select
        described.month,
        described.commune_code,
        described.part,
        items.item_kind,
        items.item,
        items.item_id,
        items.status,
        items.is_new_model,
        case when described.part = 'risk' and items.is_new_model then -1 when described.part = 'risk' then 5 else 0 end as concern,
        {{ uniform(["'inspection_plan/item'", 'described.month', 'items.item_id']) }} as tie
    from described
    inner join items
        on described.known_month = items.known_month and described.commune_code = items.commune_code
),

-- at most one production model and one other item of the lists; criteria fill the rest
ranked as (
    select
        *,
        case when item_kind in ('establishment', 'residential_area') then 'other' else item_kind end as item_group,
        row_number() over (
            partition by month, commune_code, case when item_kind in ('establishment', 'residential_area') then 'other' else item_kind end
            order by concern, tie
        ) as place,
        count(*) over (
            partition by month, commune_code, case when item_kind in ('establishment', 'residential_area') then 'other' else item_kind end
        ) as choice
    from verifiable
),

planned as (
    select
        ranked.*,
        row_number() over (
            partition by ranked.month, ranked.commune_code
            order by
                case
                    when ranked.part = 'random' then case when ranked.item_group = 'criterion' then 1 else 0 end
                    else ranked.concern
                end,
                ranked.item_group desc,
                ranked.place
        ) as item_no
    from ranked
    where ranked.place = 1 or ranked.item_group = 'criterion'
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
    cast(planned.item_no as integer) as item_no,
    planned.item_kind,
    planned.item,
    planned.item_id,
    case planned.status when 'met' then 'Đạt' when 'not_met' then 'Chưa đạt' else labels.label_vi end as reported_value,
    planned.is_new_model,
    case
        when described.part = 'random' and planned.item_group = 'criterion'
            then
                described.inclusion_probability
                * cast(count(*) over (partition by planned.month, planned.commune_code, planned.item_group) as double) / planned.choice
        when described.part = 'random' then described.inclusion_probability / planned.choice
    end as item_probability
from described
inner join planned
    on described.month = planned.month and described.commune_code = planned.commune_code
inner join windows
    on described.month = windows.plan_month and planned.item_no <= windows.inspection_items_per_commune
left join labels
    on planned.status = labels.code
