-- Every row of an accepted H01 that is used, superseded reports too: what the rules that compare criteria read.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and form = 'H01'
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }} where is_commune_set
)

select
    submissions.submission_id,
    submissions.reporter_code,
    submissions.period,
    submissions.month,
    submissions.period_end,
    {{ months_between("cast('2000-01-01' as date)", 'submissions.month') }} as month_no,
    submissions.received_at,
    submissions.is_current,
    criteria_sets.criteria_set_id,
    criteria_sets.criteria_total,
    h01.sheet,
    h01.table_no,
    h01.row_number,
    h01.commune_code,
    h01.criteria_met_stated,
    h01.change_stated,
    nullif(trim(h01.note), '') as note
from {{ ref('stg_districts__h01') }} as h01
inner join submissions
    on h01.submission_id = submissions.submission_id
inner join criteria_sets
    on {{ is_valid_on('submissions.period_end', 'criteria_sets') }}
where h01.unused_reason is null and h01.commune_code is not null
