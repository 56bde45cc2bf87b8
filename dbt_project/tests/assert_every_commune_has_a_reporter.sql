-- Every rural commune is reported about by somebody: one that no route covers would be missing from every total in silence.
{{ config(severity='warn', group='warehouse', meta={
    'vi': '{failed} lượt xã cuối tháng không thuộc tuyến báo cáo nào của Biểu 01/NTM-H (reporting_routes.csv)',
    'en': "{failed} communes and months that no route of H01 covers (reporting_routes.csv)",
}) }}
select
    communes.month,
    communes.commune_code,
    communes.commune_name
from {{ ref('int_communes_at_month') }} as communes
left join {{ ref('int_reported_units') }} as reported_units
    on
        communes.commune_code = reported_units.unit_code
        and reported_units.form = 'H01'
        and {{ is_valid_on('communes.month_end', 'reported_units') }}
where communes.is_rural and reported_units.unit_code is null
