-- The registers themselves stand in no register: their rows carry their own times.
with rows_of_registers as (
    select
        delivery_id,
        received_at as counted_from
    from {{ source('landed', 'v03') }}
    union all
    select
        delivery_id,
        {{ start_of_local_day('issued_on') }} as counted_from
    from {{ source('landed', 'v02') }}
    union all
    select
        delivery_id,
        {{ start_of_local_day('explained_on') }} as counted_from
    from {{ source('landed', 'v04') }}
    union all
    select
        delivery_id,
        {{ start_of_local_day('decided_on') }} as counted_from
    from {{ source('landed', 'v05') }}
)

select
    delivery_id,
    min(counted_from) as first_counted_from
from rows_of_registers
where counted_from is not null
group by delivery_id
