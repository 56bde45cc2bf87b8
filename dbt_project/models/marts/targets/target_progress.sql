with windows as (
    select * from {{ ref('int_month_windows') }}
),

targets as (
    select * from {{ ref('stg_reference__targets') }}
),

communes as (
    select * from {{ ref('commune_months') }}
),

districts as (
    select * from {{ ref('int_districts_at_month') }}
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

departments as (
    select * from {{ ref('stg_reference__departments') }}
),

officers as (
    select * from {{ ref('int_officers') }}
),

obligations as (
    select * from {{ ref('int_obligations') }}
),

tasks as (
    select * from {{ ref('int_owner_tasks') }}
),

rounds as (
    select * from {{ ref('int_model_inspection_rounds') }}
),

-- whether a commune counts towards a target; NULL where it is not known
commune_answers as (
    {% for target, answer in [
        ('T01', 'has_all_model_sizes'),
        ('T02a', 'enterprises_active > 0 or cooperatives_active > 0'),
        ('T02b', 'enterprises_active > 0 and cooperatives_active > 0'),
        ('T03', 'has_no_model'),
        ('T04', 'is_at_19'),
        ('T05', 'criteria_met_latest < windows.weak_below_criteria'),
        ('T09', 'has_officer'),
    ] %}
    select
        '{{ target }}' as target_id,
        communes.month,
        communes.district_code,
        {{ answer }} as answer,
        true as is_asked
    from communes
    inner join windows
        on communes.month = windows.month
    union all
    {% endfor %}
    -- only weak communes are asked; of a commune that may be weak, a leader in charge is no harm
    select
        'T10' as target_id,
        month,
        district_code,
        has_leader as answer,
        is_weak as is_asked
    from communes
    where coalesce(is_weak, true)
),

commune_units as (
    select
        answers.*,
        case when targets.level = 'district' then answers.district_code else '42' end as unit_code
    from commune_answers as answers
    inner join targets
        on answers.target_id = targets.target_id
),

commune_counts as (
    select
        target_id,
        month,
        unit_code,
        count(case when is_asked and answer then 1 end) as numerator,
        count(case when is_asked then answer end) as denominator,
        count(*) as units,
        -- among the unknown: how many may turn out to count, how many may not
        count(case when (is_asked is null or answer is null) and coalesce(answer, true) then 1 end) as may_count,
        count(case when (is_asked is null or answer is null) and not coalesce(answer, false) then 1 end) as may_not_count
    from commune_units
    where unit_code is not null
    group by target_id, month, unit_code
),

-- a commune target of a district holds for districts of its kinds; one without a commune in question still has its row
commune_values as (
    select
        units.target_id,
        units.month,
        units.unit_code,
        units.unit = '%' as is_share,
        coalesce(counts.numerator, 0) as numerator,
        coalesce(counts.denominator, 0) as denominator,
        coalesce(counts.units, 0) as units,
        coalesce(counts.may_count, 0) as may_count,
        coalesce(counts.may_not_count, 0) as may_not_count
    from (
        select
            targets.target_id,
            targets.unit,
            districts.month,
            districts.district_code as unit_code
        from targets
        inner join districts
            on
                targets.unit_kinds is null
                or {{ in_list("replace(districts.kind, ' ', '')", 'targets.unit_kinds') }}
        where targets.target_id in ('T04', 'T09', 'T10')
        union all
        select
            targets.target_id,
            targets.unit,
            windows.month,
            '42' as unit_code
        from targets
        cross join windows
        where targets.target_id in ('T01', 'T02a', 'T02b', 'T03', 'T05')
    ) as units
    left join commune_counts as counts
        on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
),

commune_bounds as (
    select
        target_id,
        month,
        unit_code,
        case when is_share then 100.0 * numerator / nullif(denominator, 0) when denominator > 0 then numerator end as value,
        numerator,
        denominator,
        units,
        -- the value if every unknown unit were against it, and if every one were for it; of nobody asked, all is fulfilled
        case
            when is_share then coalesce(100.0 * numerator / nullif(denominator + may_not_count, 0), 100.0)
            else numerator
        end as lowest,
        case
            when is_share then coalesce(100.0 * (numerator + may_count) / nullif(denominator + may_count, 0), 100.0)
            else numerator + may_count
        end as highest
    from commune_values
),

-- officers: a report that is not there leaves the one unit of the target unknown
office_counts as (
    select
        case officers.form when 'H05' then 'T06' else 'T07' end as target_id,
        windows.month,
        officers.office_code as unit_code,
        sum(case when officers.is_full_time then officers.officers else 0 end) as full_time_officers,
        count(distinct case when officers.is_full_time and officers.officers > 0 then officers.field end) as officer_fields
    from windows
    inner join officers
        on windows.quarter_month = officers.month
    group by officers.form, windows.month, officers.office_code
),

office_units as (
    select
        'T06' as target_id,
        month,
        district_code as unit_code
    from districts
    union all
    select
        'T07' as target_id,
        windows.month,
        departments.reporter_code as unit_code
    from windows
    inner join departments
        on departments.is_seconding_an_officer and {{ is_valid_on('windows.month_end', 'departments') }}
),

office_bounds as (
    select
        units.target_id,
        units.month,
        units.unit_code,
        counts.full_time_officers as value,
        counts.full_time_officers as numerator,
        case when counts.unit_code is null then 0 else 1 end as denominator,
        1 as units,
        -- of one field only, any number of officers is no more than one short of enough
        case
            when counts.unit_code is null then 0
            when units.target_id = 'T06' and counts.officer_fields < 2 then least(counts.full_time_officers, targets.target_value - 1)
            else counts.full_time_officers
        end as lowest,
        case
            when counts.unit_code is null then 1000000
            when units.target_id = 'T06' and counts.officer_fields < 2 then least(counts.full_time_officers, targets.target_value - 1)
            else counts.full_time_officers
        end as highest
    from office_units as units
    inner join targets
        on units.target_id = targets.target_id
    left join office_counts as counts
        on units.target_id = counts.target_id and units.month = counts.month and units.unit_code = counts.unit_code
),

-- S01 of all quarters due so far
verdict_reports as (
    select
        'T08' as target_id,
        windows.month,
        obligations.reporter_code as unit_code,
        count(case when obligations.is_past_due then obligations.first_received_at end) as numerator,
        count(case when obligations.is_past_due then 1 end) as denominator
    from windows
    inner join obligations
        on obligations.form = 'S01' and obligations.month <= windows.month
    group by windows.month, obligations.reporter_code
),

task_reports as (
    select
        'T12' as target_id,
        windows.month,
        reporters.reporter_code as unit_code,
        coalesce(tasks.tasks_done_on_time, 0) as numerator,
        coalesce(tasks.tasks_due, 0) as denominator
    from windows
    inner join reporters
        on {{ is_valid_on('windows.month_end', 'reporters') }}
    left join tasks
        on windows.month = tasks.month and reporters.reporter_code = tasks.owner_code
),

report_bounds as (
    select
        target_id,
        month,
        unit_code,
        100.0 * numerator / nullif(denominator, 0) as value,
        numerator,
        denominator,
        denominator as units,
        coalesce(100.0 * numerator / nullif(denominator, 0), 100.0) as lowest,
        coalesce(100.0 * numerator / nullif(denominator, 0), 100.0) as highest
    from (select * from verdict_reports union all select * from task_reports) as reports
),

round_bounds as (
    select
        'T11' as target_id,
        windows.month,
        '42' as unit_code,
        rounds.rounds as value,
        rounds.rounds as numerator,
        case when rounds.month is null then 0 else 1 end as denominator,
        1 as units,
        coalesce(rounds.rounds, 0) as lowest,
        coalesce(rounds.rounds, 1000000) as highest
    from windows
    left join rounds
        on windows.month = rounds.month
),

bounds as (
    select * from commune_bounds
    union all
    select * from office_bounds
    union all
    select * from report_bounds
    union all
    select * from round_bounds
),

measured as (
    select
        bounds.*,
        windows.month_end,
        targets.operator,
        targets.unit,
        targets.target_value,
        targets.deadline,
        case targets.operator
            when '>=' then case when bounds.lowest >= targets.target_value then true when bounds.highest < targets.target_value then false end
            when '<=' then case when bounds.highest <= targets.target_value then true when bounds.lowest > targets.target_value then false end
        end as is_met
    from bounds
    inner join windows
        on bounds.month = windows.month
    inner join targets
        on bounds.target_id = targets.target_id
),

-- the median of the slopes between all pairs of the last six known months (Theil and Sen): one odd month does not bend it
slopes as (
    select
        measured.target_id,
        measured.month,
        measured.unit_code,
        median((later.value - earlier.value) / {{ months_between('earlier.month', 'later.month') }}) as slope
    from measured
    inner join measured as later
        on
            measured.target_id = later.target_id
            and measured.unit_code = later.unit_code
            and later.month <= measured.month
            and later.month > {{ add_months('measured.month', -6) }}
    inner join measured as earlier
        on
            later.target_id = earlier.target_id
            and later.unit_code = earlier.unit_code
            and earlier.month < later.month
            and earlier.month > {{ add_months('measured.month', -6) }}
    where measured.deadline is not null and later.value is not null and earlier.value is not null
    group by measured.target_id, measured.month, measured.unit_code
    having count(*) >= 3
)

select
    measured.target_id,
    measured.month,
    measured.unit_code,
    cast(measured.value as double) as value,
    cast(measured.numerator as integer) as numerator,
    cast(measured.denominator as integer) as denominator,
    cast(measured.denominator as double) / nullif(measured.units, 0) as coverage,
    measured.target_value,
    measured.deadline,
    measured.is_met,
    cast(case measured.operator when '>=' then measured.target_value - measured.value else measured.value - measured.target_value end as double)
        as gap,
    coalesce(measured.month_end > measured.deadline and not coalesce(measured.is_met, false), false) as is_overdue,
    cast(
        case
            when measured.month_end > measured.deadline then null
            when measured.unit = '%' then least(greatest(
                measured.value + slopes.slope * {{ months_between('measured.month', 'measured.deadline') }}, 0
            ), 100)
            else greatest(measured.value + slopes.slope * {{ months_between('measured.month', 'measured.deadline') }}, 0)
        end as double
    ) as projected_value,
    cast(measured.units as integer) as units
from measured
left join slopes
    on
        measured.target_id = slopes.target_id
        and measured.month = slopes.month
        and measured.unit_code = slopes.unit_code
