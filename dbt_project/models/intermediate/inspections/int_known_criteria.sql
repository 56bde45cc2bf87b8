-- What was known of each criterion of each rural commune at the end of each month: the newest report that has the commune, the month before
-- that, and what the department last found.
with reports as (
    select * from {{ ref('int_known_reports') }} where form in ('H01', 'S01')
),

communes as (
    select * from {{ ref('int_communes_at_month') }} where is_rural and district_code is not null
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

marks as (
    select * from {{ ref('stg_districts__h01_criteria') }} where unused_reason is null and commune_code is not null
),

-- whichever district sent it; never over a merger or split
reported as (
    select
        communes.month as known_month,
        communes.commune_code,
        reports.month,
        marks.criterion_no,
        marks.status,
        max(reports.month) over (partition by communes.month, communes.commune_code) as newest_month
    from communes
    inner join reports
        on communes.month = reports.known_month and reports.form = 'H01' and last_day(reports.month) >= communes.continuous_since_on
    inner join marks
        on reports.submission_id = marks.submission_id and communes.commune_code = marks.commune_code
    qualify row_number() over (partition by communes.month, communes.commune_code, reports.month, marks.criterion_no order by reports.submission_id) = 1
),

newest as (
    select
        known_month,
        commune_code,
        criterion_no,
        max(newest_month) as reported_month,
        max(case when month = newest_month then status end) as status,
        max(case when month = {{ add_months('newest_month', -1) }} then status end) as previous_status
    from reported
    group by known_month, commune_code, criterion_no
),

-- a department's verdict counts in its charge only; of two that share a criterion, "not met" weighs more
departments as (
    select
        reports.known_month,
        findings.commune_code,
        findings.criterion_no,
        findings.status
    from reports
    inner join {{ ref('int_department_findings') }} as findings
        on reports.submission_id = findings.submission_id
    inner join criteria
        on
            reports.month = criteria.month
            and findings.criterion_no = criteria.criterion_no
            and {{ in_list('reports.reporter_code', 'criteria.responsible_reporter_code') }}
    where reports.form = 'S01'
    qualify
        row_number() over (
            partition by reports.known_month, findings.commune_code, findings.criterion_no
            order by reports.month desc, case findings.status when 'not_met' then 0 when 'met' then 2 else 1 end
        ) = 1
)

select
    communes.month as known_month,
    communes.commune_code,
    criteria.criterion_no,
    criteria.criteria_total,
    newest.reported_month,
    newest.status,
    newest.previous_status,
    departments.status as department_status
from communes
inner join criteria
    on communes.month = criteria.month
left join newest
    on
        communes.month = newest.known_month
        and communes.commune_code = newest.commune_code
        and criteria.criterion_no = newest.criterion_no
left join departments
    on
        communes.month = departments.known_month
        and communes.commune_code = departments.commune_code
        and criteria.criterion_no = departments.criterion_no
