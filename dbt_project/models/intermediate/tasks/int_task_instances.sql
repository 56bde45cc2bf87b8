-- Tasks expanded to their owners, recurring ones to one instance per period from the issue on.
with tasks as (
    select * from {{ ref('int_tasks') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

-- of one that had ended before the office's history begins nothing is asked
reporters as (
    select
        reporters.*,
        units.kind
    from {{ ref('int_reporters') }} as reporters
    left join {{ ref('stg_reference__units') }} as units
        on reporters.reporter_code = units.unit_code and reporters.valid_from = units.valid_from and units.level = 'district'
    {{ join_parameter('reports_owed_from', as_of()) }}
    where reporters.valid_to > cast(reports_owed_from.value as date)
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }} where is_commune_set
),

departments_in_charge as (
    select distinct
        criteria.responsible_reporter_code as reporter_code,
        criteria_sets.valid_from,
        criteria_sets.valid_to
    from {{ ref('stg_reference__criteria') }} as criteria
    inner join criteria_sets
        on criteria.criteria_set_id = criteria_sets.criteria_set_id
),

obligations as (
    select * from {{ ref('int_obligations') }} where form = 'C01'
),

-- month;quarter means both
recurring as (
    select
        tasks.task_code,
        periods.period,
        periods.period_start,
        periods.period_end,
        periods.month
    from tasks
    inner join periods
        on
            periods.frequency in ('month', 'quarter')
            and {{ in_list('periods.frequency', 'tasks.recurrence') }}
            and periods.period_end >= tasks.issued_on
),

single as (
    select
        task_code,
        cast(null as string) as period,
        issued_on as period_start,
        cast(null as date) as period_end,
        cast(null as date) as month
    from tasks
    where not (
        coalesce({{ in_list("'month'", 'recurrence') }}, false) or coalesce({{ in_list("'quarter'", 'recurrence') }}, false)
    )
),

instances as (
    select * from recurring
    union all
    select * from single
),

-- once per group that it is of, and with the group's name; of no group once
members as (
    select
        reporters.*,
        owner_groups.owner_group,
        owner_groups.has_criteria
    from reporters
    left join {{ ref('stg_reference__owner_groups') }} as owner_groups
        on reporters.reporter_type = owner_groups.reporter_type
),

-- named one by one; or by their group, as it is on the date, or those of it that are of some kinds (group:kind;kind)
owners as (
    select distinct
        instances.task_code,
        instances.period,
        instances.period_start,
        instances.period_end,
        instances.month,
        tasks.due_on,
        tasks.recurrence,
        members.reporter_code as owner_code
    from instances
    inner join tasks
        on instances.task_code = tasks.task_code
    inner join members
        on
            {{ in_list('members.reporter_code', 'tasks.owner_codes') }}
            or (
                {{ is_valid_on('coalesce(instances.period_end, tasks.issued_on)', 'members') }}
                and (
                    {{ in_list('members.owner_group', 'tasks.owner_codes') }}
                    or (
                        tasks.owner_codes like '%' || members.owner_group || ':%'
                        and {{ in_list("replace(members.kind, ' ', '')", "replace(tasks.owner_codes, members.owner_group || ':', '')") }}
                    )
                )
                and (
                    not members.has_criteria
                    or exists (
                        select 1
                        from departments_in_charge
                        where
                            departments_in_charge.reporter_code = members.reporter_code
                            and {{ is_valid_on('coalesce(instances.period_end, tasks.issued_on)', 'departments_in_charge') }}
                    )
                )
            )
)

select
    owners.task_code,
    owners.owner_code,
    owners.period,
    owners.period_start,
    owners.period_end,
    owners.month,
    -- a recurring one is due the day C01 for the period's last month is due
    case when owners.period is not null then obligations.due_on else owners.due_on end as due_on,
    coalesce(
        case when owners.period is not null then obligations.due_on is not null
        else owners.recurrence in ('once', 'year') and owners.due_on is not null end,
        false
    ) as is_counted
from owners
left join obligations
    on owners.owner_code = obligations.reporter_code and owners.month = obligations.month
