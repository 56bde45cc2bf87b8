with submissions as (
    select * from {{ ref('int_obligations') }} where form = 'S03' and submission_id is not null
),

links as (
    select * from {{ ref('stg_departments__s03') }} where unused_reason is null
),

cells as (
    select * from {{ ref('stg_landed__columns') }} where field = 'linked_models'
)

select
    submissions.month,
    submissions.period,
    submissions.reporter_code,
    links.product,
    links.district_code,
    cast(links.linked_models as integer) as linked_models,
    cast(links.linked_enterprises as integer) as linked_enterprises,
    links.area_ha,
    links.output_tonnes,
    links.revenue_million_vnd,
    links.submission_id,
    links.sheet,
    {{ cell_address('cells', 'links.row_number') }} as cell
from links
inner join submissions
    on links.submission_id = submissions.submission_id
left join cells
    on links.submission_id = cells.submission_id and links.sheet = cells.sheet and links.table_no = cells.table_no
