-- Every commune counted stands in exactly one band, and no total covers more communes than there are.
{{ config(meta={
    'vi': '{failed} tháng của huyện có tổng theo dải khác số xã đã đếm',
    'en': "{failed} district months whose bands do not add up to the communes counted",
}) }}
select
    month,
    district_code
from {{ ref('district_months') }}
where
    communes_counted_criteria
    <> coalesce(communes_at_19 + communes_15_18 + communes_10_14 + communes_5_9 + communes_under_5, 0)
    or greatest(
        communes_reported, communes_counted_criteria, communes_counted_models, communes_counted_establishments, communes_counted_areas,
        communes_counted_funds, communes_counted_assignments
    ) > communes_expected
    or (communes_counted_models = 0) <> (models_running is null)
