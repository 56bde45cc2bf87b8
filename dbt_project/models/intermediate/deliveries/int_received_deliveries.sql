-- When each delivery came, by the register or its own times; what stands of it is int_deliveries.
with deliveries as (
    select
        *,
        row_number() over (partition by path order by first_seen_no) as content_no,
        count(*) over (partition by path) as contents
    from {{ ref('stg_landed__deliveries') }}
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

-- The k-th row of a path means its k-th content. Rows beyond the contents mean the last content again: it was sent anew, byte for byte.
registered as (
    select
        deliveries.delivery_id,
        entries.received_at,
        entries.register_no,
        entries.sender_code,
        entries.period,
        withdrawn_entries.withdrawn_at
    from deliveries
    inner join entries
        on
            deliveries.path = entries.matched_path
            and (
                deliveries.content_no = entries.entry_no
                or (deliveries.content_no = deliveries.contents and entries.entry_no > deliveries.contents)
            )
    left join withdrawn_entries
        on
            entries.matched_path = withdrawn_entries.matched_path
            and entries.entry_no = withdrawn_entries.entry_no
    -- sent anew after a withdrawal, it stands again, from then on
    qualify row_number() over (
        partition by deliveries.delivery_id
        order by
            {{ local_date('entries.received_at') }} > {{ as_of() }},
            withdrawn_entries.withdrawn_at is not null,
            entries.entry_no
    ) = 1
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
        coalesce(registered.received_at, registers.first_counted_from, deliveries.modified_at) as received_at,
        case when registered.received_at is null and registers.first_counted_from is null then 'mtime' else 'register' end as received_from,
        registered.delivery_id is not null as is_in_register,
        registered.register_no,
        registered.sender_code as register_sender_code,
        registered.period as register_period,
        registered.withdrawn_at
    from deliveries
    left join registered
        on deliveries.delivery_id = registered.delivery_id
    left join {{ ref('stg_landed__register_times') }} as registers
        on deliveries.delivery_id = registers.delivery_id
)

select
    *,
    row_number() over (order by received_at, register_no nulls last, path, delivery_id) as received_seq
from received
where {{ local_date('received_at') }} <= {{ as_of() }}
