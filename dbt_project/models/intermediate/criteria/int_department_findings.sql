-- What each S01 says of each commune and criterion: a row for the criterion itself wins; else not met if any indicator is not met, met if all
-- given are met; NULL where that can't be read.
with findings_of_departments as (
    select
        submission_id,
        commune_code,
        criterion_no,
        status,
        {{ is_whole_criterion() }} as is_whole_criterion,
        unused_reason is not null or {{ is_unreadable("'status'") }} as is_unreadable
    from {{ ref('stg_departments__s01') }}
    where commune_code is not null and criterion_no is not null and coalesce(unused_reason, 'used') not in ('R02', 'R03_same', 'R05')
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
    submission_id,
    commune_code,
    criterion_no,
    case
        when whole_unreadable > 0 then null
        when whole_rows > 0 then whole_status
        when indicators_not_met > 0 then 'not_met'
        when indicators_unreadable > 0 then null
        else 'met'
    end as status
from by_criterion
