-- Submissions are judged in order of receipt, each against the newest one of the same report that was accepted by then: a doubtful one is held,
-- and so is never what the next is compared with. Most reports come once; only those that came more than once are walked through.
with recursive candidates_alone as (
    select *
    from {{ ref('int_candidate_submissions') }}
    where is_usable and not is_duplicate
),

usable as (
    select * from candidates_alone where not is_register and reporter_code is not null and period is not null
),

periods as (
    select * from {{ ref('stg_reference__periods') }}
),

-- of another month than its sheets say, by the register, and nothing has come for that month: it may be the report of it
misdated as (
    select own.submission_id
    from usable as own
    inner join periods as registered
        on own.register_period = registered.period and own.every = registered.frequency and own.month <> registered.month
    left join usable as meant
        on
            own.reporter_code = meant.reporter_code
            and own.form = meant.form
            and own.register_period = meant.period
            and own.received_seq > meant.received_seq
    where meant.submission_id is null
    group by own.submission_id
),

candidates as (
    select
        usable.*,
        misdated.submission_id is not null as is_misdated,
        row_number() over (
            partition by usable.reporter_code, usable.form, usable.period order by usable.received_seq, usable.submission_id
        ) as position,
        count(*) over (partition by usable.reporter_code, usable.form, usable.period) as candidates
    from usable
    left join misdated
        on usable.submission_id = misdated.submission_id
    qualify candidates > 1
),

decisions as (
    select
        key_submission_id as submission_id,
        decision,
        counted_from
    from {{ ref('int_decisions') }}
    where key_submission_id is not null and problem is null
),

-- of each submission and each that came before it: what would speak against a replacement, and whether that one stood by then
pairs as (
    select
        own.submission_id,
        own.position,
        own.is_mailed_by_another,
        earlier.submission_id as earlier_submission_id,
        earlier.position as earlier_position,
        coalesce(earlier.ended_at > own.received_at, true) as is_standing_by_then,
        coalesce(decisions.decision = 'let_in', false) as is_let_in_by_then,
        {{ doubt('own', 'earlier', '(1 - cast(replacement_rows_lost_max.value as double))') }} as doubt,
        first_value(own.submission_id) over (
            partition by own.reporter_code, own.form, own.period order by own.position, earlier.position
        ) as report_id
    from candidates as own
    {{ join_parameter('replacement_rows_lost_max', local_date('own.received_at')) }}
    inner join candidates as earlier
        on
            own.reporter_code = earlier.reporter_code
            and own.form = earlier.form
            and own.period = earlier.period
            and own.position > earlier.position
    left join decisions
        on earlier.submission_id = decisions.submission_id and decisions.counted_from <= own.received_at
    qualify row_number() over (
        partition by own.submission_id, earlier.submission_id order by decisions.counted_from desc nulls last
    ) = 1
),

followers as (
    select
        report_id,
        submission_id,
        position,
        is_mailed_by_another,
        {{ list_of_rows({
            'position': 'cast(earlier_position as integer)',
            'submission_id': 'earlier_submission_id',
            'is_standing': 'is_standing_by_then',
            'is_let_in': 'is_let_in_by_then',
            'doubt': 'doubt'
        }) }} as earlier
    from pairs
    group by report_id, submission_id, position, is_mailed_by_another
),

-- `outcomes` has a letter for each submission of the report so far: c for clear, h for held
judged as (
    select
        pairs.report_id,
        pairs.earlier_submission_id as submission_id,
        cast(1 as bigint) as position,
        case when candidates.is_mailed_by_another then 'h' else 'c' end as outcomes,
        cast(null as string) as compared_submission_id,
        '' as doubt
    from pairs
    inner join candidates
        on pairs.earlier_submission_id = candidates.submission_id
    where pairs.position = 2
    union all
    select
        report_id,
        submission_id,
        position,
        outcomes || case when coalesce(compared.newest.doubt, '') = '' and not is_mailed_by_another then 'c' else 'h' end as outcomes,
        compared.newest.submission_id as compared_submission_id,
        coalesce(compared.newest.doubt, '') as doubt
    from (
        select
            followers.*,
            judged.outcomes,
            {{ item_of_list(
                items_where('followers.earlier', "item.is_standing and (item.is_let_in or substr(judged.outcomes, item.position, 1) = 'c')"), '-1'
            ) }} as newest
        from judged
        inner join followers
            on judged.report_id = followers.report_id and judged.position + 1 = followers.position
    ) as compared
),

newest_decisions as (
    select
        key_submission_id as submission_id,
        decision,
        counted_from
    from {{ ref('int_decisions') }}
    where key_submission_id is not null and is_newest
),

-- what came by mail from somebody else's address is held with nothing to replace, too
doubted as (
    select
        candidates_alone.submission_id,
        judged.compared_submission_id,
        case when candidates_alone.is_mailed_by_another then 'mailed_by_another' else judged.doubt end as doubt
    from candidates_alone
    left join judged
        on candidates_alone.submission_id = judged.submission_id
    where candidates_alone.is_mailed_by_another or judged.doubt <> ''
)

select
    doubted.submission_id,
    doubted.compared_submission_id,
    doubted.doubt,
    newest_decisions.decision,
    newest_decisions.counted_from as decided_at
from doubted
left join newest_decisions
    on doubted.submission_id = newest_decisions.submission_id
