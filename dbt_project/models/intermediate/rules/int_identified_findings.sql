-- Every failed row, of SQL rules and of intake, in every submission that it stood in, with the id that it keeps.
with deliveries as (select * from {{ ref('int_deliveries') }}),

submissions as (select * from {{ ref('int_submission_verdicts') }}),

columns_read as (select * from {{ ref('stg_landed__columns') }}),

sheets as (select * from {{ ref('stg_landed__sheets') }}),

rules as (select * from {{ ref('stg_reference__rules') }}),

rule_variants as (select * from {{ ref('stg_reference__rule_variants') }}),

compared as (
    select * from {{ ref('evaluated_rows') }} where outcome = 'failed'
),

compared_with_cells as (
    select
        compared.*,
        coalesce(compared.delivery_id, submissions.delivery_id) as found_delivery_id,
        coalesce(compared.file, submissions.path) as found_file,
        coalesce(compared.cell, {{ cell_address('own', 'compared.row_number') }}) as found_cell,
        {{ cell_address('related', 'compared.related_row_number') }} as found_related_cell
    from compared
    left join submissions
        on compared.submission_id = submissions.submission_id
    left join columns_read as own
        on
            compared.submission_id = own.submission_id
            and compared.sheet = own.sheet
            and compared.table_no = own.table_no
            and coalesce(compared.cell_field, compared.field) = own.field
    left join columns_read as related
        on
            compared.related_submission_id = related.submission_id
            and compared.related_sheet = related.sheet
            and compared.related_table_no = related.table_no
            and compared.related_field = related.field
),

-- a copy of a delivery says nothing that its original did not
read_by_intake as (
    select
        findings.*,
        coalesce(submissions.known_reporter_code, deliveries.reporter_code) as reporter_code,
        submissions.form,
        coalesce(submissions.known_period, deliveries.period) as period,
        deliveries.path,
        deliveries.received_at
    from {{ ref('stg_landed__findings') }} as findings
    inner join deliveries
        on findings.delivery_id = deliveries.delivery_id
    left join submissions
        on findings.submission_id = submissions.submission_id
    where deliveries.status <> 'duplicate'
),

united as (
    select
        rule_id, variant, reporter_code, form, period, submission_id, found_delivery_id as delivery_id, found_file as file, sheet,
        row_number, unit_code, unit_name, label, field, further_fields, item_key, found_cell as cell, value, value_kind, expected, expected_kind,
        cast(null as double) as expected_low, cast(null as double) as expected_high, is_personal, related_submission_id, related_sheet,
        found_related_cell as related_cell, related_value, related_kind, is_related_personal, difference, detected_at
    from compared_with_cells
    union all
    select
        rule_id, variant, reporter_code, form, period, submission_id, delivery_id, path as file, sheet, row_number, unit_code,
        unit_name, cast(null as string) as label, field, cast(null as string) as further_fields, item_key, cell, value, value_kind, expected, expected_kind,
        expected_low, expected_high, is_personal,
        case when related_sheet is not null then submission_id end as related_submission_id, related_sheet,
        related_cell, related_value, cast(null as string) as related_kind, is_personal as is_related_personal, difference, received_at as detected_at
    from read_by_intake
),

last_of_path as (
    select path, max(received_seq) as last_accepted_seq
    from submissions
    where is_accepted
    group by path
),

last_of_period as (
    select reporter_code, period, max(received_seq) as last_accepted_seq
    from submissions
    where is_accepted
    group by reporter_code, period
),

standing_of_submissions as (
    select delivery_id, bool_or(is_standing or is_asked_about or verdict = 'duplicate') as is_standing
    from submissions
    group by delivery_id
),

-- a finding about a file without submissions, or about one sheet of it, holds as long as anything of the file does
delivery_standing as (
    select
        deliveries.delivery_id,
        case
            when own.delivery_id is not null then own.is_standing
            else not deliveries.is_withdrawn
                and coalesce(last_of_path.last_accepted_seq <= deliveries.received_seq, true)
                and coalesce(last_of_period.last_accepted_seq <= deliveries.received_seq, true)
        end as is_standing
    from deliveries
    left join standing_of_submissions as own
        on deliveries.delivery_id = own.delivery_id
    left join last_of_path
        on deliveries.path = last_of_path.path
    left join last_of_period
        on deliveries.reporter_code = last_of_period.reporter_code and deliveries.period = last_of_period.period
),

placed as (
    select
        united.*,
        coalesce(rule_variants.severity, rules.severity) as severity,
        coalesce(submissions.received_seq, deliveries.received_seq, 0) as received_seq,
        -- a held report has one finding that asks, and nothing else that it says is asked of anybody
        coalesce(
            case when united.rule_id = 'F15' then submissions.is_asked_about end,
            submissions.is_standing,
            case when united.submission_id is null then delivery_standing.is_standing end,
            true
        ) as is_standing,
        coalesce(submissions.is_held_back and united.rule_id not in ('F15', 'F16'), false) as is_in_receipt_only,
        submissions.verdict, sheets.sheet_no, rules.about = 'file' as is_about_file
    from united
    left join rules
        on united.rule_id = rules.rule_id
    left join rule_variants
        on united.rule_id = rule_variants.rule_id and united.variant = rule_variants.variant
    left join submissions
        on united.submission_id = submissions.submission_id
    left join deliveries
        on united.delivery_id = deliveries.delivery_id
    left join delivery_standing
        on united.delivery_id = delivery_standing.delivery_id
    left join sheets
        on united.delivery_id = sheets.delivery_id and united.sheet = sheets.sheet
),

counted as (
    select
        *,
        row_number() over (
            partition by
                coalesce(submission_id, delivery_id, file), rule_id, reporter_code, form, period, coalesce(unit_code, unit_name), field, item_key
            order by sheet_no nulls last, row_number nulls last, cell nulls last, value nulls last, related_value nulls last
        ) as ordinal
    from placed
)

-- what a held report says has no part in what is found in the others
select
    {%- for id, hashed in [('finding_id', keyed_hash), ('former_finding_id', short_hash)] %}
    case
        when is_in_receipt_only then {{ hashed(['rule_id', 'submission_id', 'coalesce(unit_code, unit_name)', 'field', 'item_key', 'ordinal']) }}
        when is_about_file then {{ hashed(['rule_id', 'file', 'sheet']) }}
        else {{ hashed(['rule_id', 'reporter_code', 'form', 'period', 'coalesce(unit_code, unit_name)', 'field', 'item_key', 'ordinal']) }}
    end as {{ id }},
    {%- endfor %}
    case
        when is_about_file then {{ keyed_hash(['rule_id', 'file', 'sheet']) }}
        else {{ keyed_hash(['rule_id', 'reporter_code', 'form', 'coalesce(unit_code, unit_name)', 'field', 'item_key', 'ordinal']) }}
    end as subject_id,
    *
from counted
