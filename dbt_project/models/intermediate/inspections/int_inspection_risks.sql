-- How much each rural commune asks to be visited in the month after the one known: each sign between 0 and 1, weighted.
with communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

reported_units as (
    select * from {{ ref('int_reported_units') }} where form in ('H01', 'H02')
),

windows as (
    select * from {{ ref('int_month_windows') }}
),

criteria as (
    select
        known_month,
        commune_code,
        criteria_total,
        {% call(n) count_criteria() %}status_{{ n }} = 'met'{% endcall %} as criteria_met,
        {% call(n) count_criteria() %}status_{{ n }} is not null{% endcall %} = criteria_given as is_every_criterion_known,
        {% call(n) count_criteria() %}status_{{ n }} = 'met' and previous_status_{{ n }} = 'not_met'{% endcall %} as criteria_gained,
        {% call(n) count_criteria() %}status_{{ n }} = 'met' and department_status_{{ n }} = 'not_met'{% endcall %} as criteria_disputed
    from {{ ref('int_known_criteria') }}
),

reports as (
    select * from {{ ref('int_known_reports') }}
),

lists as (
    select * from reports where form = 'H02' and age = 1
),

new_models as (
    select
        known_month,
        commune_code,
        count(*) as models_new
    from {{ ref('int_known_items') }}
    where item_kind = 'model' and is_new_model
    group by known_month, commune_code
),

-- a row of the list that can't be used, or tells no status, may be a model that runs; one without a commune, of any commune that is not named
listed_models as (
    select
        lists.known_month,
        lists.reporter_code,
        models.commune_code,
        count(case when models.unused_reason is null and models.status = 'running' then 1 end) as models_running,
        count(case
            when models.unused_reason in ('R02', 'R03_same') then null
            when models.unused_reason is not null or models.status is null or models.commune_code is null then 1
        end) as models_doubtful
    from {{ ref('stg_districts__h02') }} as models
    inner join lists
        on models.submission_id = lists.submission_id
    group by lists.known_month, lists.reporter_code, models.commune_code
),

-- what the newest reports themselves show; what compares reports may change with either of them
findings as (
    select
        reports.known_month,
        instances.unit_code as commune_code,
        count(distinct instances.finding_id) as findings
    from {{ ref('finding_instances') }} as instances
    inner join reports
        on instances.submission_id = reports.submission_id
    where
        reports.form in ('H01', 'H02', 'H03', 'H04')
        and reports.age = 1
        and instances.severity in ('error', 'warning')
        and instances.related_submission_id is null
        and instances.detected_at < {{ end_of_local_day('reports.known_on') }}
    group by reports.known_month, instances.unit_code
),

visits as (
    select
        reports.known_month,
        inspections.commune_code,
        max({{ month_of_day('inspections.inspected_on') }}) as month
    from {{ ref('stg_office__v01') }} as inspections
    {{ join_month_of_day('inspections.inspected_on') }}
    inner join reports
        on inspections.submission_id = reports.submission_id
    where inspections.unused_reason is null and inspections.inspected_on <= reports.known_on
    group by reports.known_month, inspections.commune_code
),

signs as (
    select
        communes.month as known_month,
        communes.commune_code,
        communes.commune_name,
        communes.district_code,
        reporters.reporter_code,
        case when criteria.is_every_criterion_known then criteria.criteria_met end as criteria_met,
        criteria.criteria_total,
        criteria.criteria_gained,
        criteria.criteria_disputed,
        coalesce(findings.findings, 0) as findings,
        {{ months_between('visits.month', 'communes.month') }} + 1 as months_since_visit,
        coalesce(new_models.models_new, 0) as models_new,
        case
            when lists.known_month is not null
                then {{ has_no_model('coalesce(listed.models_running, 0)', 'coalesce(listed.models_doubtful, unplaced.models_doubtful, 0)') }}
        end as has_no_model,
        -- what is not known is not a sign
        coalesce(
            {{ is_weak('case when criteria.is_every_criterion_known then criteria.criteria_met end', 'windows.weak_below_criteria', 'has_no_model') }},
            false
        ) as is_weak,
        windows.criteria_jump
    from communes
    inner join windows
        on communes.month = windows.month
    left join criteria
        on communes.month = criteria.known_month and communes.commune_code = criteria.commune_code
    inner join reported_units as reporters
        on
            reporters.form = 'H01'
            and communes.commune_code = reporters.unit_code
            and {{ is_valid_on('communes.month_end', 'reporters') }}
    left join reported_units as list_reporters
        on
            list_reporters.form = 'H02'
            and communes.commune_code = list_reporters.unit_code
            and {{ is_valid_on('communes.month_end', 'list_reporters') }}
    left join lists
        on communes.month = lists.known_month and list_reporters.reporter_code = lists.reporter_code
    left join listed_models as listed
        on
            lists.known_month = listed.known_month
            and lists.reporter_code = listed.reporter_code
            and communes.commune_code = listed.commune_code
    left join listed_models as unplaced
        on lists.known_month = unplaced.known_month and lists.reporter_code = unplaced.reporter_code and unplaced.commune_code is null
    left join new_models
        on communes.month = new_models.known_month and communes.commune_code = new_models.commune_code
    left join findings
        on communes.month = findings.known_month and communes.commune_code = findings.commune_code
    left join visits
        on communes.month = visits.known_month and communes.commune_code = visits.commune_code
),

weights as (
    select
        windows.month as known_month,
        {% for component in ['disputes', 'jump', 'near_19', 'not_inspected', 'findings', 'weak'] %}
        coalesce(sum(case when weights.component = '{{ component }}' then weights.weight end), 0) as {{ component }}{{ "," if not loop.last }}
        {% endfor %}
    from windows
    left join {{ ref('stg_reference__inspection_weights') }} as weights
        on {{ is_valid_on('windows.month_end', 'weights') }}
    group by windows.month
)

select
    signs.*,
    weights.disputes * least(coalesce(signs.criteria_disputed, 0) / 3e0, 1)
    + weights.jump * least(coalesce(signs.criteria_gained, 0) / cast(signs.criteria_jump as double), 1)
    + weights.near_19 * case signs.criteria_total - signs.criteria_met when 0 then 1 when 1 then 0.5 else 0 end
    + weights.not_inspected * coalesce(least(signs.months_since_visit / 12e0, 1), 1)
    + weights.findings * least(signs.findings / 5e0, 1)
    + weights.weak * case when signs.is_weak then 1 else 0 end as risk_score
from signs
inner join weights
    on signs.known_month = weights.known_month
