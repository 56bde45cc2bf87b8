-- When each delivery came, by the register or its own times; what stands of it is int_deliveries.
with deliveries as (
    select * from {{ ref('stg_landed__deliveries') }}
),

-- a content may come to its path again after another one; where the index has lost its line, a delivery came once
arrivals as (
    select
        deliveries.delivery_id,
        deliveries.path,
        coalesce(arrived.arrival_no, deliveries.first_seen_no) as arrival_no,
        coalesce(arrived.modified_at, deliveries.modified_at) as modified_at
    from deliveries
    left join {{ ref('stg_landed__arrivals') }} as arrived
        on deliveries.delivery_id = arrived.delivery_id
),

numbered as (
    select
        *,
        row_number() over (partition by path order by arrival_no) as content_no,
        count(*) over (partition by path) as contents,
        row_number() over (partition by delivery_id order by arrival_no) > 1 as is_return
    from arrivals
),

-- rows of the future too: a file whose row has not come yet has not been received
entries as (
    select
        *,
        row_number() over (partition by matched_path order by received_at, register_no) as entry_no
    from {{ ref('stg_landed__register_matches') }}
    where not is_withdrawal and received_at is not null
),

withdrawals as (
    select *
    from {{ ref('int_register_rows') }}
    where is_withdrawal
),

withdrawn_entries as (
    select
        entries.matched_path,
        entries.entry_no,
        min(withdrawals.received_at) as withdrawn_at
    from entries
    inner join withdrawals
        on
            entries.matched_path = withdrawals.matched_path
            and (entries.received_at, entries.register_no) < (withdrawals.received_at, withdrawals.register_no)
    group by entries.matched_path, entries.entry_no
),

-- The k-th row of a path means the k-th content that came to it. Rows beyond these mean the last one again: it was sent anew, byte for byte.
registered as (
    select
        numbered.delivery_id,
        numbered.arrival_no,
        entries.received_at,
        entries.register_no,
        entries.sender_code,
        entries.period,
        withdrawn_entries.withdrawn_at
    from numbered
    inner join entries
        on
            numbered.path = entries.matched_path
            and (
                numbered.content_no = entries.entry_no
                or (numbered.content_no = numbered.contents and entries.entry_no > numbered.contents)
            )
    left join withdrawn_entries
        on
            entries.matched_path = withdrawn_entries.matched_path
            and entries.entry_no = withdrawn_entries.entry_no
    -- sent anew after a withdrawal, it stands again, from then on
    qualify row_number() over (
        partition by numbered.delivery_id, numbered.arrival_no
        order by
            {{ local_date('entries.received_at') }} > {{ as_of() }},
            withdrawn_entries.withdrawn_at is not null,
            entries.entry_no
    ) = 1
),

timed as (
    select
        numbered.*,
        coalesce(registered.received_at, registers.first_counted_from, numbered.modified_at) as own_time,
        registered.received_at is null and registers.first_counted_from is null as is_by_file,
        registered.delivery_id is not null as is_in_register,
        registered.register_no,
        registered.sender_code as register_sender_code,
        registered.period as register_period,
        registered.withdrawn_at
    from numbered
    left join registered
        on numbered.delivery_id = registered.delivery_id and numbered.arrival_no = registered.arrival_no
    left join {{ ref('stg_landed__register_times') }} as registers
        on numbered.delivery_id = registers.delivery_id
),

-- what comes back without a row in the register came after what it replaces, whatever the file's own time says
arrived as (
    select
        *,
        case
            when is_return and is_by_file
                then greatest(
                    own_time,
                    coalesce(max(own_time) over (partition by path order by arrival_no rows between unbounded preceding and 1 preceding), own_time)
                )
            else own_time
        end as received_at
    from timed
),

last_arrived as (
    select
        *,
        coalesce(min(case when withdrawn_at is null then received_at end) over (partition by delivery_id), received_at) as first_received_at
    from arrived
    where {{ local_date('received_at') }} <= {{ as_of() }}
    qualify row_number() over (partition by delivery_id order by arrival_no desc) = 1
),

received as (
    select
        deliveries.delivery_id,
        deliveries.path,
        deliveries.file_name,
        deliveries.sha256,
        deliveries.bytes,
        deliveries.status,
        deliveries.reason,
        deliveries.reporter_code,
        deliveries.period,
        last_arrived.received_at,
        last_arrived.first_received_at,
        last_arrived.is_return,
        case when last_arrived.is_by_file then 'mtime' else 'register' end as received_from,
        last_arrived.is_in_register,
        last_arrived.register_no,
        last_arrived.register_sender_code,
        last_arrived.register_period,
        last_arrived.withdrawn_at,
        last_arrived.arrival_no
    from deliveries
    inner join last_arrived
        on deliveries.delivery_id = last_arrived.delivery_id
)

select
    *,
    row_number() over (order by received_at, register_no nulls last, path, arrival_no, delivery_id) as received_seq
from received
