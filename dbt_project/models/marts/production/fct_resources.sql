with funds as (
    select * from {{ ref('int_fund_sources') }}
)

select
    month,
    period,
    commune_code,
    district_code,
    source,
    funds_ytd_million_vnd,
    submission_id,
    sheet,
    cell
from funds
where source = 'total' or funds_ytd_million_vnd is not null
