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

deliveries as (
    select * from {{ ref('int_deliveries') }}
),

-- a row counts from its file's time in the register, else from its own day; the newest row per finding wins
explanations as (
    select
        v04.finding_id,
        v04.explanation,
        v04.is_accepted,
        case
            when deliveries.is_in_register or v04.explained_on is null then deliveries.received_at
            else {{ start_of_local_day('v04.explained_on') }}
        end as counted_from
    from {{ ref('stg_office__v04') }} as v04
    inner join deliveries
        on v04.delivery_id = deliveries.delivery_id
    where
        v04.unused_reason is null
        and not deliveries.is_withdrawn
        and {{ local_date('counted_from') }} <= {{ as_of() }}
    qualify row_number() over (
        partition by v04.finding_id
        order by counted_from desc, deliveries.received_seq desc, v04.sheet desc, v04.row_number desc
    ) = 1
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
            when not newest.is_anywhere_standing then 'cured'
            when own.finding_id is not null and not own.is_accepted then 'open'
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
