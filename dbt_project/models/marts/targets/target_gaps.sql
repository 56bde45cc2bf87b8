with measures as (
    select
        *,
        -- how many of those that are against it would have to change
        case operator
            when '<=' then coalesce(value, 0) - target_value
            when '>=' then case when unit = '%' then ceil(target_value / 100 * units - 1e-9) else target_value end - numerator
        end as changes_needed
    from {{ ref('int_target_measures') }}
    where is_target_unit and state in ('not_met', 'unknown')
),

communes as (
    select * from {{ ref('int_target_communes') }} where coalesce(is_against, true)
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

tasks as (
    select * from {{ ref('int_task_statuses') }} where is_counted and not is_done_on_time
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

-- each of them lags for its district and for the province
lagging_by_unit as (
    select
        *,
        district_code as unit_code
    from communes
    union all
    select
        *,
        {{ province_code() }} as unit_code
    from communes
),

lagging_communes as (
    select
        measures.target_id,
        measures.target_name_vi,
        measures.target_name_en,
        measures.month,
        measures.unit_code,
        case when measures.unit_code = {{ province_code() }} then 'province' else 'district' end as unit_level,
        measures.changes_needed,
        communes.commune_code as lagging_unit_code,
        communes.commune_name as lagging_unit_name,
        communes.district_code,
        communes.is_against is not null and communes.is_asked is not null as is_known,
        communes.missing,
        communes.missing_vi,
        communes.missing_en,
        communes.criteria_met_latest
    from measures
    inner join lagging_by_unit as communes
        on
            measures.target_id = communes.target_id
            and measures.month = communes.month
            and measures.unit_code = communes.unit_code
),

late_reports as (
    select
        windows.month,
        obligations.reporter_code,
        {{ distinct_list('obligations.period') }} as periods
    from windows
    inner join obligations
        on obligations.form = 'S01' and obligations.month <= windows.month
    where obligations.is_past_due and obligations.first_received_at is null
    group by windows.month, obligations.reporter_code
),

late_tasks as (
    select
        windows.month,
        tasks.owner_code,
        {{ distinct_list("tasks.task_code || coalesce(' (' || tasks.period || ')', '')") }} as task_codes
    from windows
    inner join tasks
        on tasks.due_on >= windows.year_start_on and tasks.due_on <= windows.month_end
    group by windows.month, tasks.owner_code
),

words as (
    select * from {{ ref('int_words') }}
),

-- the other targets have one unit each, which is itself what keeps them from being met; rounds of inspection are the Office's
lagging_reporters as (
    select
        measures.target_id,
        measures.target_name_vi,
        measures.target_name_en,
        measures.month,
        measures.unit_code,
        case when measures.unit_code = {{ province_code() }} then 'province' else reporters.unit_level end as unit_level,
        1 as changes_needed,
        case when measures.counted = 'rounds' then {{ coordination_office() }} else measures.unit_code end as lagging_unit_code,
        reporters.name_vi as lagging_unit_name,
        case when reporters.reporter_type = 'district' then reporters.reporter_code end as district_code,
        measures.denominator > 0 as is_known,
        case
            when measures.denominator = 0 then null
            when measures.counted in ('reports', 'tasks') then measures.denominator - measures.numerator
            else greatest(measures.gap, 1)
        end as missing,
        {% for language in ['vi', 'en'] %}
        case
            when measures.denominator = 0 then null
            when measures.counted = 'officers' and measures.gap <= 0 then {{ say('gap_officers_alike', language) }}
            when measures.counted = 'officers' then {{ say('gap_officers', language, {'count': 'measures.numerator'}) }}
            when measures.counted = 'reports' then {{ say('gap_reports', language, {'periods': 'late_reports.periods'}) }}
            when measures.counted = 'rounds' then {{ say('gap_inspection', language) }}
            when measures.counted = 'tasks' then {{ say('gap_tasks', language, {'tasks': 'late_tasks.task_codes'}) }}
        end as missing_{{ language }},
        {% endfor %}
        cast(null as integer) as criteria_met_latest
    from measures
    cross join words
    left join reporters
        on
            case when measures.counted = 'rounds' then {{ coordination_office() }} else measures.unit_code end = reporters.reporter_code
            and {{ is_valid_on('measures.month_end', 'reporters') }}
    -- what is counted stands within the equality: as a condition of its own each row would be held against each
    left join late_reports
        on
            measures.month = late_reports.month
            and case when measures.counted = 'reports' then measures.unit_code end = late_reports.reporter_code
    left join late_tasks
        on
            measures.month = late_tasks.month
            and case when measures.counted = 'tasks' then measures.unit_code end = late_tasks.owner_code
    where measures.counted <> 'communes'
),

lagging as (
    select * from lagging_communes
    union all
    select * from lagging_reporters
),

ranked as (
    select
        *,
        row_number() over (
            partition by target_id, month, unit_code
            order by case when is_known then 0 else 1 end, missing nulls last, criteria_met_latest desc nulls last, lagging_unit_code
        ) as gap_rank
    from lagging
)

select
    target_id,
    target_name_vi,
    target_name_en,
    month,
    unit_code,
    unit_level,
    lagging_unit_code,
    lagging_unit_name,
    district_code,
    is_known,
    cast(missing as integer) as missing,
    missing_vi,
    missing_en,
    cast(gap_rank as integer) as gap_rank,
    coalesce(is_known and gap_rank <= changes_needed, false) as is_cheapest
from ranked
