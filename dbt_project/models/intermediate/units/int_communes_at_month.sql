with months as (
    select * from {{ ref('int_months') }}
),

units as (
    select * from {{ ref('stg_reference__units') }}
),

unit_changes as (
    select * from {{ ref('stg_reference__unit_changes') }}
),

-- a merger, split or abolition ends a history, for whoever gave and whoever took; a transfer, a reclassification, a new name or a recoding does not
breaks as (
    select
        old_code as commune_code,
        effective_on
    from unit_changes
    where change_type in ('merge', 'split', 'abolish')
    union
    select
        new_code as commune_code,
        effective_on
    from unit_changes
    where change_type in ('merge', 'split', 'abolish')
),

communes as (
    select
        months.month,
        months.month_end,
        units.unit_code as commune_code,
        units.name_vi as commune_name,
        units.kind,
        units.parent_code
    from months
    inner join units
        on units.level = 'commune' and {{ is_valid_on('months.month_end', 'units') }}
),

histories as (
    select
        communes.month,
        communes.commune_code,
        max(breaks.effective_on) as continuous_since_on
    from communes
    inner join breaks
        on communes.commune_code = breaks.commune_code and communes.month_end >= breaks.effective_on
    group by communes.month, communes.commune_code
)

select
    communes.month,
    communes.month_end,
    communes.commune_code,
    communes.commune_name,
    communes.kind,
    communes.kind = 'xã' as is_rural,
    districts.unit_code as district_code,
    districts.name_vi as district_name,
    coalesce(histories.continuous_since_on, cast('1900-01-01' as date)) as continuous_since_on
from communes
left join units as districts
    on
        communes.parent_code = districts.unit_code
        and districts.level = 'district'
        and {{ is_valid_on('communes.month_end', 'districts') }}
left join histories
    on communes.commune_code = histories.commune_code and communes.month = histories.month
