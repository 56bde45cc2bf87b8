-- What SQL puts into words, side by side in one row: `<code>_vi` and `<code>_en` of each sentence and label that a model uses.
{%- set sentences = [
    'period_month', 'period_quarter', 'period_first_half', 'period_second_half', 'period_nine_months', 'period_year', 'bound_from', 'bound_to', 'one_of', 'plan_sign_disputed', 'plan_sign_gained',
    'plan_sign_met', 'plan_sign_findings', 'plan_sign_weak', 'plan_sign_unvisited', 'plan_sign_visited', 'plan_reason_random',
    'plan_reason_random_commune',
    'plan_reason_district', 'plan_reason_new_model', 'plan_reason_risk', 'plan_reason_again', 'gap_model_size', 'gap_either',
    'gap_both', 'gap_enterprise', 'gap_cooperative', 'gap_model', 'gap_criteria', 'gap_officer', 'gap_leader',
    'band', 'band_below',
    'gap_officers_alike', 'gap_officers', 'gap_reports', 'gap_inspection', 'gap_tasks'
] %}
{%- set labels = [
    'place_file', 'place_sheet', 'place_row', 'place_column', 'place_cell', 'large', 'medium', 'small'
] %}

with sentences as (
    select
        {{ side_by_side(sentences, 'sentence') }}
    from {{ ref('stg_reference__sentences') }}
),

labels as (
    select
        {{ side_by_side(labels, 'label') }}
    from {{ ref('stg_reference__labels') }}
)

select
    sentences.*,
    labels.*
from sentences
cross join labels
