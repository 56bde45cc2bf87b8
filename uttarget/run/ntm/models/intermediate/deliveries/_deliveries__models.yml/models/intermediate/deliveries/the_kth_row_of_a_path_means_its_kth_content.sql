
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    "delivery_id","received_at","received_from","received_seq", 'actual' as "actual_or_expected"
  from (
    with  __dbt__cte__stg_landed__deliveries as (

-- Fixture for stg_landed__deliveries
select 
    
    cast('first' as character varying)
 as "delivery_id", 
    
    cast('a.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('one' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(1 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('second' as character varying)
 as "delivery_id", 
    
    cast('a.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('two' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(2 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('later' as character varying)
 as "delivery_id", 
    
    cast('a.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('three' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2026-01-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(3 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
union all
select 
    
    cast('loose' as character varying)
 as "delivery_id", 
    
    cast('b.xlsx' as character varying)
 as "path", cast(null as character varying(256)) as "file_name", 
    
    cast('four' as character varying)
 as "sha256", cast(null as BIGINT) as "bytes", 
    
    cast('2014-11-01T00:00:00' as TIMESTAMP)
 as "modified_at", 
    
    cast(4 as BIGINT)
 as "first_seen_no", 
    
    cast('read' as character varying)
 as "status", cast(null as character varying(256)) as "reason", cast(null as character varying(256)) as "reporter_code", cast(null as character varying(256)) as "period"
),  __dbt__cte__stg_landed__register_matches as (

-- Fixture for stg_landed__register_matches
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(2 as BIGINT)
 as "register_no", 
    
    cast('2014-10-03T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(1 as BIGINT)
 as "register_no", 
    
    cast('2014-10-02T01:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
union all
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", 
    
    cast(3 as BIGINT)
 as "register_no", 
    
    cast('2014-12-31T17:00:00' as TIMESTAMP)
 as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", 
    
    cast('a.xlsx' as character varying)
 as "matched_path", 
    
    cast(False as BOOLEAN)
 as "is_withdrawal"
),  __dbt__cte__int_register_rows as (

-- Fixture for int_register_rows
select cast(null as character varying(256)) as "register_submission_id", cast(null as character varying(256)) as "sheet", cast(null as INTEGER) as "row_number", cast(null as BIGINT) as "register_no", cast(null as TIMESTAMP) as "received_at", cast(null as character varying(256)) as "sender_code", cast(null as character varying(256)) as "period", cast(null as character varying(256)) as "file_name", cast(null as character varying(256)) as "matched_path", cast(null as BOOLEAN) as "is_withdrawal"
    limit 0
),  __dbt__cte__stg_landed__register_times as (

-- Fixture for stg_landed__register_times
select cast(null as character varying(256)) as "delivery_id", cast(null as TIMESTAMP) as "first_counted_from"
    limit 0
), deliveries as (
    select
        *,
        row_number() over (partition by path order by first_seen_no) as content_no,
        count(*) over (partition by path) as contents
    from __dbt__cte__stg_landed__deliveries
),

-- rows of the future too: a file whose row has not come yet has not been received
entries as (
    select
        *,
        row_number() over (partition by matched_path order by received_at, register_no) as entry_no
    from __dbt__cte__stg_landed__register_matches
    where not is_withdrawal and received_at is not null
),

withdrawals as (
    select *
    from __dbt__cte__int_register_rows
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
            cast(entries.received_at + interval 7 hours as date) > cast('2014-12-31' as date),
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
    left join __dbt__cte__stg_landed__register_times as registers
        on deliveries.delivery_id = registers.delivery_id
),

as_of as (
    select
        *,
        row_number() over (order by received_at, register_no nulls last, path, delivery_id) as received_seq,
        withdrawn_at is not null as is_withdrawn
    from received
    where cast(received_at + interval 7 hours as date) <= cast('2014-12-31' as date)
),

compared as (
    select
        *,
        -- of the copies that stand, the first one read is the original of all others
        first_value(delivery_id) over (
            partition by coalesce(sha256, delivery_id), is_withdrawn
            order by status <> 'read', received_seq
        ) as original_delivery_id,
        first_value(delivery_id) over (partition by coalesce(sha256, delivery_id), is_withdrawn order by received_seq) as first_delivery_id
    from as_of
)

select
    delivery_id,
    path,
    file_name,
    sha256,
    bytes,
    received_at,
    received_from,
    received_seq,
    is_in_register,
    register_sender_code,
    register_period,
    is_withdrawn,
    withdrawn_at,
    case when not is_withdrawn and delivery_id <> original_delivery_id and status = 'read' then original_delivery_id end as duplicate_of_delivery_id,
    case when not is_withdrawn and delivery_id <> first_delivery_id then first_delivery_id end as same_bytes_as_delivery_id,
    case
        when is_withdrawn then 'withdrawn'
        when status = 'rejected' then 'rejected'
        when delivery_id <> original_delivery_id then 'duplicate'
        else 'read'
    end as status,
    case when status = 'rejected' then reason end as reason,
    reporter_code,
    period
from compared
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    "delivery_id", "received_at", "received_from", "received_seq", 'expected' as "actual_or_expected"
  from (
    select 
    
    cast('first' as character varying)
 as "delivery_id", 
    
    cast('2014-10-02T01:00:00' as TIMESTAMP)
 as "received_at", 
    
    cast('register' as character varying)
 as "received_from", 
    
    cast(1 as BIGINT)
 as "received_seq"
union all
select 
    
    cast('second' as character varying)
 as "delivery_id", 
    
    cast('2014-10-03T01:00:00' as TIMESTAMP)
 as "received_at", 
    
    cast('register' as character varying)
 as "received_from", 
    
    cast(2 as BIGINT)
 as "received_seq"
union all
select 
    
    cast('loose' as character varying)
 as "delivery_id", 
    
    cast('2014-11-01T00:00:00' as TIMESTAMP)
 as "received_at", 
    
    cast('mtime' as character varying)
 as "received_from", 
    
    cast(3 as BIGINT)
 as "received_seq"
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected