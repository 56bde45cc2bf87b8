-- Each part of a commune's funds as a row, with its cell.
with funds as (
    select * from {{ ref('int_commune_funds') }}
),

cells as (
    select * from {{ ref('stg_landed__columns') }}
),

long as (
    {% for source in ['total'] + fund_sources() %}
    select
        month,
        period,
        commune_code,
        district_code,
        submission_id,
        sheet,
        table_no,
        row_number,
        '{{ source }}' as source,
        {{ source }}_million_vnd as funds_ytd_million_vnd
    from funds
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    long.month,
    long.period,
    long.commune_code,
    long.district_code,
    long.source,
    long.funds_ytd_million_vnd,
    long.submission_id,
    long.sheet,
    {{ cell_address('cells', 'long.row_number') }} as cell
from long
left join cells
    on
        long.submission_id = cells.submission_id
        and long.sheet = cells.sheet
        and long.table_no = cells.table_no
        and cells.field = long.source || '_million_vnd'
