-- Figures that are reported again and again, each as a term of its series: a commune's funds are one series through a split of its district; a
-- reporter's own items are its own.
with submissions as (
    select
        *,
        {{ month_number('month') }} as month_no
    from {{ ref('int_submission_verdicts') }}
    where is_accepted and form in ('H07', 'M01', 'S03')
),

cumulative_funds as (
    select
        h07.*,
        submissions.period_end,
        submissions.month_no,
        submissions.is_current
    from {{ ref('stg_districts__h07') }} as h07
    inner join submissions
        on h07.submission_id = submissions.submission_id
    where h07.unused_reason is null and h07.commune_code is not null
),

-- mobilised in the quarter: what was added since the quarter before, in the year
figures as (
    select
        funds.submission_id,
        funds.sheet,
        funds.table_no,
        funds.row_number,
        funds.commune_code as unit_code,
        cast(null as string) as item_key,
        cast(null as string) as label,
        funds.commune_code as series,
        'total_million_vnd' as field,
        case when month(funds.period_end) = 3 then funds.total_million_vnd else funds.total_million_vnd - earlier.total_million_vnd end as figure
    from cumulative_funds as funds
    {{ join_territory('funds.commune_code', 'funds.period_end') }}
    left join cumulative_funds as earlier
        on
            funds.commune_code = earlier.commune_code
            and earlier.is_current
            and funds.month_no - 3 = earlier.month_no
            and {{ is_same_territory('earlier.period_end') }}
    union all
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        cast(null as string) as unit_code,
        item_key,
        activity as label,
        item_key as series,
        'done' as field,
        cast(done as double) as figure
    from {{ ref('stg_media__m01') }}
    where unused_reason is null
    union all
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        district_code as unit_code,
        item_key,
        product as label,
        item_key as series,
        'output_tonnes' as field,
        output_tonnes as figure
    from {{ ref('stg_departments__s03') }}
    where unused_reason is null
)

select
    figures.*,
    submissions.reporter_code,
    submissions.form,
    submissions.period,
    submissions.period_end,
    submissions.received_at,
    submissions.is_current,
    case when submissions.form = 'H07' then '' else submissions.reporter_code end as owner_code,
    case when submissions.form = 'M01' then submissions.month_no else cast(floor(submissions.month_no / 3) as integer) end as period_no
from figures
inner join submissions
    on figures.submission_id = submissions.submission_id
where figures.series is not null
