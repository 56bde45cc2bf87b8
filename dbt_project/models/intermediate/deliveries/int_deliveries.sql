with decisions as (
    select * from {{ ref('int_decisions') }} where key_delivery_id is not null and problem is null
),

-- the newest word of the Office about a file
left_out as (
    select
        key_delivery_id as delivery_id,
        counted_from as left_out_at
    from decisions
    where is_newest and decision = 'leave_out'
),

received as (
    select
        received.*,
        left_out.left_out_at,
        received.withdrawn_at is not null or left_out.left_out_at is not null as is_withdrawn,
        {{ is_mailed_by_another('received.path', 'received.register_sender_code', 'coalesce(received.reporter_code, received.register_sender_code)') }}
            as is_by_another
    from {{ ref('int_received_deliveries') }} as received
    left join left_out
        on received.delivery_id = left_out.delivery_id
),

compared as (
    select
        *,
        -- of the copies that stand, the first one read is the original of all others; what another sent by mail is so last of all
        first_value(delivery_id) over (
            partition by coalesce(sha256, delivery_id), is_withdrawn
            order by status <> 'read', is_by_another, first_received_at, received_seq
        ) as original_delivery_id,
        first_value(delivery_id) over (partition by coalesce(sha256, delivery_id), is_withdrawn order by first_received_at, received_seq) as first_delivery_id
    from received
)

select
    delivery_id,
    path,
    file_name,
    sha256,
    bytes,
    received_at,
    first_received_at,
    is_return,
    received_from,
    received_seq,
    is_in_register,
    register_sender_code,
    register_period,
    is_withdrawn,
    withdrawn_at,
    left_out_at,
    least(withdrawn_at, left_out_at) as ended_at,
    case when not is_withdrawn and delivery_id <> original_delivery_id and status = 'read' then original_delivery_id end as duplicate_of_delivery_id,
    case when not is_withdrawn and delivery_id <> first_delivery_id then first_delivery_id end as same_bytes_as_delivery_id,
    case
        when withdrawn_at is not null then 'withdrawn'
        when left_out_at is not null then 'left_out'
        when status = 'rejected' then 'rejected'
        when delivery_id <> original_delivery_id then 'duplicate'
        else 'read'
    end as status,
    case when status = 'rejected' then reason end as reason,
    reporter_code,
    period
from compared
