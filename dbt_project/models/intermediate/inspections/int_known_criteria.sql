-- What was known of the criteria of each rural commune at the end of each month, side by side: the newest report that has the commune, the month
-- before that, and what the department last found.
with reports as (
    select * from {{ ref('int_known_reports') }} where form in ('H01', 'S01')
),

communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

-- which of the columns are criteria of the set in force
sets as (
    select
        month,
        criteria_total,
        criteria_set_since_on,
        count(*) as criteria_given,
        {% for number in criterion_numbers() %}
        bool_or(criterion_no = {{ number }}) as has_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from criteria
    group by month, criteria_total, criteria_set_since_on
),

h01_rows as (
    select
        {{ surrogate_row_number() }} as row_id,
        *
    from {{ ref('stg_districts__h01') }}
    where unused_reason is null and commune_code is not null
),

-- whoever sent it; never over a merger or split, nor of another set, in which a number is another criterion
reported as (
    select
        communes.month as known_month,
        communes.commune_code,
        reports.month,
        min_by(h01_rows.row_id, reports.submission_id) as row_id
    from h01_rows
    inner join reports
        on h01_rows.submission_id = reports.submission_id
    inner join communes
        on
            reports.known_month = communes.month
            and h01_rows.commune_code = communes.commune_code
            and reports.period_end >= communes.continuous_since_on
    inner join sets
        on reports.known_month = sets.month and reports.period_end >= sets.criteria_set_since_on
    where reports.form = 'H01'
    group by communes.month, communes.commune_code, reports.month
),

newest as (
    select
        known_month,
        commune_code,
        max(month) as reported_month,
        max_by(row_id, month) as row_id
    from reported
    group by known_month, commune_code
),

-- a department's verdict counts in its charge only, and the newest report that speaks of a criterion stands. What was known of a quarter changes
-- seldom from month to month: it is computed once per set of reports
known_sets as (
    select
        known_month,
        month,
        max(period_end) as period_end,
        {{ ordered_hash('submission_id') }} as set_id,
        row_number() over (partition by known_month order by month desc) as age
    from reports
    where form = 'S01'
    group by known_month, month
),

members as (
    select distinct
        known_sets.set_id,
        reports.month,
        reports.reporter_code,
        reports.submission_id
    from reports
    inner join known_sets
        on reports.known_month = known_sets.known_month and reports.month = known_sets.month
    where reports.form = 'S01'
),

verdicts as (
    select
        members.set_id,
        findings.commune_code,
        {% for number in criterion_numbers() %}
        min(case when findings.criterion_no = {{ number }} then {{ verdict_weight('findings.status') }} end) as weight_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_department_findings') }} as findings
    inner join members
        on findings.submission_id = members.submission_id
    inner join criteria
        on
            members.month = criteria.month
            and findings.criterion_no = criteria.criterion_no
            and {{ in_list('members.reporter_code', 'criteria.responsible_reporter_code') }}
    group by members.set_id, findings.commune_code
)

select
    communes.month as known_month,
    communes.commune_code,
    sets.criteria_total,
    sets.criteria_given,
    newest.reported_month,
    {% for number in criterion_numbers() %}
    case when sets.has_{{ number }} then now.criterion_{{ number }} end as status_{{ number }},
    case when sets.has_{{ number }} then before.criterion_{{ number }} end as previous_status_{{ number }},
    case when sets.has_{{ number }} then {{ verdict_of_weight('coalesce(newest_verdicts.weight_' ~ number ~ ', earlier_verdicts.weight_' ~ number ~ ')') }} end
        as department_status_{{ number }}{{ "," if not loop.last }}
    {% endfor %}
from communes
inner join sets
    on communes.month = sets.month
left join newest
    on communes.month = newest.known_month and communes.commune_code = newest.commune_code
left join reported as month_before
    on
        newest.known_month = month_before.known_month
        and newest.commune_code = month_before.commune_code
        and {{ add_months('newest.reported_month', -1) }} = month_before.month
left join h01_rows as now
    on newest.row_id = now.row_id
left join h01_rows as before
    on month_before.row_id = before.row_id
left join known_sets as newest_set
    on communes.month = newest_set.known_month and newest_set.age = 1 and newest_set.period_end >= sets.criteria_set_since_on
left join verdicts as newest_verdicts
    on newest_set.set_id = newest_verdicts.set_id and communes.commune_code = newest_verdicts.commune_code
left join known_sets as earlier_set
    on communes.month = earlier_set.known_month and earlier_set.age = 2 and earlier_set.period_end >= sets.criteria_set_since_on
left join verdicts as earlier_verdicts
    on earlier_set.set_id = earlier_verdicts.set_id and communes.commune_code = earlier_verdicts.commune_code
