with links as (
    select * from {{ ref('int_chain_links') }}
)

select
    links.month,
    links.period,
    links.reporter_code,
    links.product,
    links.district_code,
    cast(links.linked_models as integer) as linked_models,
    cast(links.linked_enterprises as integer) as linked_enterprises,
    links.area_ha,
    links.output_tonnes,
    links.revenue_million_vnd,
    links.submission_id,
    links.sheet,
    links.cell
from links
