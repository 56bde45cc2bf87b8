-- A due day counted in working days needs the holidays of its year: without them it is too early, and says nothing of it. (Files: holidays.csv of
-- the seeds or the office, which publishes them each year.) One row per year and form, with the first period of which the due day is in doubt.
{{ config(severity='warn', group='warehouse', meta={
    'vi': '{failed} biểu và năm có hạn nộp tính theo ngày làm việc mà chưa có ngày nghỉ lễ của năm đó (holidays.csv)',
    'en': '{failed} forms and years with due days in working days, but without the holidays of that year (holidays.csv)',
}) }}
with due as (
    select distinct
        obligations.form,
        obligations.period,
        year(obligations.due_on) as due_year
    from {{ ref('int_obligations') }} as obligations
    inner join {{ ref('stg_reference__periods') }} as periods
        on obligations.period = periods.period
    inner join {{ ref('stg_reference__reporting_calendar') }} as rules
        on
            obligations.form = rules.form
            and rules.due_in = 'working_days'
            and {{ is_valid_on('periods.period_end', 'rules') }}
),

holidays as (
    select distinct year(holiday_on) as known_year
    from {{ ref('stg_reference__holidays') }}
)

select
    due.due_year,
    due.form,
    min(due.period) as first_period
from due
left join holidays
    on due.due_year = holidays.known_year
where holidays.known_year is null
group by due.due_year, due.form
