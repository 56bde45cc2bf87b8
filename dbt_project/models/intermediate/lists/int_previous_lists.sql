-- The last accepted list of each commune of the territory before each list, whichever district sent it.
with submissions as (
    select
        *,
        {{ month_number('month') }} as month_no
    from {{ ref('int_submission_verdicts') }}
    where is_accepted and form in ('H02', 'H03', 'H04')
),

communes as (
    select * from {{ ref('stg_reference__units') }} where level = 'commune'
),

-- who spoke for a commune in which month
lists_of_communes as (
    select
        submissions.submission_id,
        submissions.form,
        submissions.period,
        submissions.period_end,
        submissions.month_no,
        submissions.reporter_code,
        submissions.received_at,
        submissions.is_current,
        submissions.sheets,
        communes.unit_code as commune_code
    from submissions
    inner join communes
        on
            submissions.reporter_code = communes.parent_code
            and {{ is_valid_on('submissions.period_end', 'communes') }}
),

-- the months that have a list of a commune, each with the month before it
list_months as (
    select
        form,
        commune_code,
        month_no,
        max(case when is_current then submission_id end) as submission_id,
        max(case when is_current then received_at end) as received_at,
        max(period_end) as period_end,
        max(max(case when is_current then month_no end)) over (
            partition by form, commune_code order by month_no rows between unbounded preceding and 1 preceding
        ) as earlier_month_no
    from lists_of_communes
    group by form, commune_code, month_no
)

select
    lists_of_communes.submission_id,
    lists_of_communes.form,
    lists_of_communes.period,
    lists_of_communes.reporter_code,
    lists_of_communes.received_at,
    lists_of_communes.sheets,
    lists_of_communes.commune_code,
    earlier.submission_id as earlier_submission_id,
    earlier.received_at as earlier_received_at
from lists_of_communes
{{ join_parameter('look_back_periods', 'lists_of_communes.period_end') }}
{{ join_territory('lists_of_communes.commune_code', 'lists_of_communes.period_end') }}
inner join list_months
    on
        lists_of_communes.form = list_months.form
        and lists_of_communes.commune_code = list_months.commune_code
        and lists_of_communes.month_no = list_months.month_no
left join list_months as earlier
    on
        list_months.form = earlier.form
        and list_months.commune_code = earlier.commune_code
        and list_months.earlier_month_no = earlier.month_no
        and earlier.month_no >= lists_of_communes.month_no - cast(look_back_periods.value as integer)
        and {{ is_same_territory('earlier.period_end') }}
