with rules as (
    select * from {{ ref('stg_reference__reporting_calendar') }}
),

routes as (
    select * from {{ ref('stg_reference__reporting_routes') }}
),

-- a rule holds while a route has such reporters report the form
calendar as (
    select
        rules.form,
        rules.reporter_type,
        rules.reporters,
        rules.frequency,
        rules.due_days,
        rules.due_in,
        rules.non_working_day,
        rules.valid_from as rule_valid_from,
        greatest(rules.valid_from, routes.valid_from) as valid_from,
        least(rules.valid_to, routes.valid_to) as valid_to
    from rules
    inner join routes
        on rules.form = routes.form and rules.reporter_type = routes.reporter_type
),

reporters as (
    select * from {{ ref('int_reporters') }}
),

-- who has criteria in charge changes with the set in force
criteria_in_charge as (
    select distinct
        criteria.responsible_reporter_code as reporter_code,
        criteria_sets.valid_from,
        criteria_sets.valid_to
    from {{ ref('stg_reference__criteria') }} as criteria
    inner join {{ ref('stg_reference__criteria_sets') }} as criteria_sets
        on criteria.criteria_set_id = criteria_sets.criteria_set_id
    where criteria_sets.is_commune_set
),

seconding as (
    select
        reporter_code,
        valid_from,
        valid_to
    from {{ ref('stg_reference__departments') }}
    where is_seconding_an_officer
),

named as (
    select
        reporters.reporter_code,
        calendar.form,
        calendar.reporters,
        reporters.valid_from,
        reporters.valid_to,
        calendar.rule_valid_from,
        calendar.valid_from as owed_from,
        calendar.valid_to as owed_to,
        calendar.frequency,
        calendar.due_days,
        calendar.due_in,
        calendar.non_working_day
    from reporters
    inner join calendar
        on
            reporters.reporter_type = calendar.reporter_type
            and (
                calendar.reporters in ('all', 'has_criteria', 'seconds_an_officer')
                or {{ in_list('reporters.reporter_code', 'calendar.reporters') }}
            )
),

narrowed as (
    select
        named.reporter_code,
        named.form,
        named.reporters,
        named.frequency,
        named.due_days,
        named.due_in,
        named.non_working_day,
        named.rule_valid_from,
        greatest(
            named.valid_from, named.owed_from, coalesce(criteria_in_charge.valid_from, seconding.valid_from, named.valid_from)
        ) as valid_from,
        least(named.valid_to, named.owed_to, coalesce(criteria_in_charge.valid_to, seconding.valid_to, named.valid_to)) as valid_to
    from named
    left join criteria_in_charge
        on
            named.reporters = 'has_criteria'
            and {{ in_list('named.reporter_code', 'criteria_in_charge.reporter_code') }}
    left join seconding
        on
            named.reporters = 'seconds_an_officer'
            and named.reporter_code = seconding.reporter_code
    where
        (named.reporters <> 'has_criteria' or criteria_in_charge.reporter_code is not null)
        and (named.reporters <> 'seconds_an_officer' or seconding.reporter_code is not null)
)

select
    reporter_code,
    form,
    frequency,
    due_days,
    due_in,
    non_working_day,
    valid_from,
    valid_to,
    -- where two rules hold on a day, the newer one, and of two of one day the one that names the reporter
    row_number() over (
        partition by reporter_code, form
        order by rule_valid_from desc, reporters = 'all', valid_from
    ) as precedence
from narrowed
where valid_from < valid_to
