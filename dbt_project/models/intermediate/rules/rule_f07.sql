-- A content that comes back to its path after another one counts again, and is told, too.
-- What can't be read at all (F01) is reported as that: every empty file has the content of every other.
with deliveries as (
    select * from {{ ref('int_deliveries') }} where not is_withdrawn
)

select {{ rule_row('F07', {
    'variant': "case when deliveries.same_bytes_as_delivery_id is null and deliveries.is_return then 'return' else '' end",
    'outcome': outcome("(deliveries.same_bytes_as_delivery_id is not null or coalesce(deliveries.is_return, false)) and deliveries.status <> 'rejected'"),
    'reporter_code': 'deliveries.reporter_code',
    'period': 'deliveries.period',
    'delivery_id': 'deliveries.delivery_id',
    'file': 'deliveries.path',
    'value': 'deliveries.path',
    'related_value': "coalesce(earlier.path, cast(" ~ local_date('deliveries.first_received_at') ~ " as string))",
    'related_kind': "case when earlier.path is null then 'day' end",
    'detected_at': 'deliveries.received_at'
}) }}
from deliveries
left join deliveries as earlier
    on deliveries.same_bytes_as_delivery_id = earlier.delivery_id
