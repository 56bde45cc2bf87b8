-- A department's verdict on a criterion in its charge: one row per quarter, rural commune and criterion it spoke of, NULL where it can't be read.
with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'S01' and submission_id is not null
),

findings_of_departments as (
    select
        submission_id,
        sheet,
        table_no,
        row_number,
        commune_code,
        criterion_no,
        status,
        coalesce(indicator_no, '') in ('', cast(criterion_no as varchar)) as is_whole_criterion,
        unused_reason is not null or {{ is_unreadable("'status'") }} as is_unreadable
    from {{ ref('stg_departments__s01') }}
    where commune_code is not null and criterion_no is not null and coalesce(unused_reason, 'used') not in ('R02', 'R03_same', 'R05')
),

criteria as (
    select * from {{ ref('int_criteria_at_month') }}
),

-- what was left blank was not given, so it says nothing
given as (
    select * from findings_of_departments where status is not null or is_unreadable
),

by_criterion as (
    select
        submission_id,
        commune_code,
        criterion_no,
        count(case when is_whole_criterion then 1 end) as whole_rows,
        count(case when is_whole_criterion and is_unreadable then 1 end) as whole_unreadable,
        max(case when is_whole_criterion then status end) as whole_status,
        count(case when not is_whole_criterion and is_unreadable then 1 end) as indicators_unreadable,
        count(case when not is_whole_criterion and not is_unreadable and status = 'not_met' then 1 end) as indicators_not_met
    from given
    group by submission_id, commune_code, criterion_no
)

select
    submissions.month,
    submissions.reporter_code,
    by_criterion.commune_code,
    criteria.criteria_set_id,
    by_criterion.criterion_no,
    submissions.submission_id,
    -- a row for the criterion itself wins; else not met if any indicator is not met, met if all given are met
    case
        when by_criterion.whole_unreadable > 0 then null
        when by_criterion.whole_rows > 0 then by_criterion.whole_status
        when by_criterion.indicators_not_met > 0 then 'not_met'
        when by_criterion.indicators_unreadable > 0 then null
        else 'met'
    end as status
from by_criterion
inner join submissions
    on by_criterion.submission_id = submissions.submission_id
inner join criteria
    on
        submissions.month = criteria.month
        and by_criterion.criterion_no = criteria.criterion_no
        and {{ in_list('submissions.reporter_code', 'criteria.responsible_reporter_code') }}
-- where two departments share a criterion, it is met only if both say so
qualify
    row_number() over (
        partition by submissions.month, by_criterion.commune_code, by_criterion.criterion_no
        order by case status when 'not_met' then 0 when 'met' then 2 else 1 end, submissions.reporter_code
    ) = 1
