-- What became of each finding: it holds as long as any submission that it stood in does; what was explained and accepted is explained wherever the
-- same matter comes again with the same values.
with instances as (
    select * from {{ ref('finding_instances') }}
),

newest as (
    select
        *,
        bool_or(is_standing) over (partition by finding_id) as is_anywhere_standing
    from instances
    qualify row_number() over (partition by finding_id order by received_seq desc, submission_id desc, ordinal) = 1
),

explanations as (
    select
        finding_id,
        explanation,
        state = 'accepted' as is_accepted,
        coalesce(decided_at, answered_at) as counted_from
    from {{ ref('int_answered_findings') }}
),

-- what was explained: the finding as it stood when the explanation came
explained_matters as (
    select
        explanations.finding_id,
        explanations.explanation,
        explanations.is_accepted,
        explanations.counted_from,
        instances.subject_id,
        instances.value,
        instances.related_value
    from explanations
    inner join instances
        on explanations.finding_id = instances.finding_id
    qualify row_number() over (
        partition by explanations.finding_id
        order by
            instances.detected_at > explanations.counted_from,
            case when instances.detected_at > explanations.counted_from then instances.received_seq end,
            instances.received_seq desc
    ) = 1
),

-- of one matter explained more than once, the newest word
accepted_matters as (
    select *
    from explained_matters
    where is_accepted
    qualify row_number() over (partition by subject_id, value, related_value order by counted_from desc, finding_id) = 1
),

judged as (
    select
        newest.*,
        case
            when newest.is_in_receipt_only then 'held'
            when not newest.is_anywhere_standing then 'cured'
            when not own.is_accepted then 'open'
            when accepted_matters.subject_id is not null then 'explained'
            else 'open'
        end as state,
        coalesce(own.explanation, accepted_matters.explanation) as explanation
    from newest
    left join explained_matters as own
        on newest.finding_id = own.finding_id
    left join accepted_matters
        on
            newest.subject_id = accepted_matters.subject_id
            and newest.value is not distinct from accepted_matters.value
            and newest.related_value is not distinct from accepted_matters.related_value
)

select
    finding_id,
    subject_id,
    rule_id,
    variant,
    severity,
    reporter_code,
    form,
    period,
    submission_id,
    delivery_id,
    file,
    sheet,
    row_number,
    cell,
    unit_code,
    unit_name,
    label,
    field,
    further_fields,
    value,
    value_kind,
    expected,
    expected_kind,
    expected_low,
    expected_high,
    is_personal,
    related_submission_id,
    related_sheet,
    related_cell,
    related_value,
    related_kind,
    is_related_personal,
    difference,
    detected_at,
    state,
    explanation
from judged
