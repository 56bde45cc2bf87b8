-- What F17 found, as findings with their ids: it asks about the ids of all others, so that it can't stand among them.
with found as (
    select * from {{ ref('rule_f17') }} where outcome = 'failed'
),

submissions as (
    select * from {{ ref('int_submission_verdicts') }}
),

columns_read as (
    select * from {{ ref('stg_landed__columns') }}
),

rules as (
    select * from {{ ref('stg_reference__rules') }}
),

rule_variants as (
    select * from {{ ref('stg_reference__rule_variants') }}
)

select
    {{ finding_id_of_answer('found.reporter_code', 'found.item_key') }} as finding_id,
    {{ finding_id_of_answer('found.reporter_code', 'found.item_key') }} as subject_id,
    found.rule_id,
    found.variant,
    found.reporter_code,
    found.form,
    found.submission_id,
    found.delivery_id,
    found.file,
    found.sheet,
    found.row_number,
    found.field,
    found.item_key,
    {{ cell_address('columns_read', 'found.row_number') }} as cell,
    found.value,
    found.detected_at,
    coalesce(rule_variants.severity, rules.severity) as severity,
    submissions.received_seq,
    submissions.is_standing,
    submissions.verdict,
    false as is_personal,
    false as is_related_personal,
    false as is_in_receipt_only,
    false as is_about_file
from found
inner join submissions
    on found.submission_id = submissions.submission_id
inner join rules
    on found.rule_id = rules.rule_id
left join rule_variants
    on found.rule_id = rule_variants.rule_id and found.variant = rule_variants.variant
left join columns_read
    on
        found.submission_id = columns_read.submission_id
        and found.sheet = columns_read.sheet
        and found.table_no = columns_read.table_no
        and found.field = columns_read.field
