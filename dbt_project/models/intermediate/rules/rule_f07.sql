-- What can't be read at all (F01) is reported as that: every empty file has the content of every other.
with deliveries as (
    select * from {{ ref('int_deliveries') }} where not is_withdrawn
)

select {{ rule_row('F07', {
    'outcome': outcome("deliveries.same_bytes_as_delivery_id is not null and deliveries.status <> 'rejected'"),
    'reporter_code': 'deliveries.reporter_code',
    'period': 'deliveries.period',
    'delivery_id': 'deliveries.delivery_id',
    'file': 'deliveries.path',
    'value': 'deliveries.path',
    'related_value': 'earlier.path',
    'detected_at': 'deliveries.received_at'
}) }}
from deliveries
left join deliveries as earlier
    on deliveries.same_bytes_as_delivery_id = earlier.delivery_id
