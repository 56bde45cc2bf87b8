-- Every row of an accepted H01 that is used, superseded reports too: what the rules that compare criteria read.
with submissions as (
    select * from {{ ref('int_submission_verdicts') }} where is_accepted and form = 'H01'
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }} where is_commune_set
),

-- which of the columns are criteria of a set
criteria as (
    select
        criteria_set_id,
        {% for number in criterion_numbers() %}
        bool_or(criterion_no = {{ number }}) as has_{{ number }},
        {% endfor %}
        count(case when criterion_no between 1 and {{ criterion_numbers() | last }} then 1 end) as criteria_given
    from {{ ref('stg_reference__criteria') }}
    group by criteria_set_id
),

accepted as (
    select
        submissions.submission_id,
        submissions.reporter_code,
        submissions.period,
        submissions.month,
        submissions.period_end,
        {{ month_number('submissions.month') }} as month_no,
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
        nullif(trim(h01.note), '') as note,
        criteria.criteria_given,
        {% for number in criterion_numbers() %}
        case when criteria.has_{{ number }} then h01.criterion_{{ number }} end as criterion_{{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('stg_districts__h01') }} as h01
    inner join submissions
        on h01.submission_id = submissions.submission_id
    inner join criteria_sets
        on {{ is_valid_on('submissions.period_end', 'criteria_sets') }}
    left join criteria
        on criteria_sets.criteria_set_id = criteria.criteria_set_id
    where h01.unused_reason is null and h01.commune_code is not null
)

select
    -- the joins that follow are by one number, not by the four parts of a place
    {{ surrogate_row_number() }} as row_id,
    *,
    {% call(n) count_criteria() %}criterion_{{ n }} = 'met'{% endcall %} as criteria_met,
    criteria_given - {% call(n) count_criteria() %}criterion_{{ n }} is not null{% endcall %} as criteria_unknown
from accepted
