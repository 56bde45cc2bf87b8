"""The published tables and the least columns that readers rely on (README: what is published).

A column is never renamed or removed without a line in CHANGELOG.md: this list is what was promised.
"""

from typing import Any

import pytest

pytestmark = [
    # dbt and its libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]

UNIT_COUNTS = """
    communes_expected communes_reported communes_counted_criteria communes_counted_models
    communes_counted_establishments communes_counted_areas communes_counted_funds communes_counted_assignments
    criteria_met_avg criteria_gained communes_at_all_criteria communes_at_19 communes_15_18 communes_10_14 communes_5_9
    communes_under_5 communes_under_7 communes_all_model_sizes communes_without_model communes_with_enterprise
    communes_with_cooperative
    models_running models_new enterprises_new cooperatives_new residential_areas_recognised gardens_recognised
    funds_ytd_million_vnd full_time_officers officer_fields communes_with_officer weak_communes
    weak_communes_with_leader tasks_due tasks_done_on_time reports_expected reports_received reports_on_time
    reporting_rate timeliness is_provisional open_findings
"""

PROMISED = {
    "commune_months": """
        month commune_code commune_name district_code district_name criteria_set_id criteria_total
        criteria_met_reported criteria_unknown criteria_met_latest months_since_report criteria_met_verified
        criteria_verified criteria_met_official criteria_gained criteria_lost progress_band models_running models_large
        models_medium models_small models_new has_all_model_sizes has_no_model enterprises_active cooperatives_active
        cooperative_groups_active enterprises_new cooperatives_new residential_areas_recognised gardens_recognised
        funds_ytd_million_vnd has_officer has_leader assignments_age_months funds_age_months is_weak is_at_19
        has_all_criteria open_findings
    """,
    "district_months": "month district_code district_name leadership_index leadership_rank " + UNIT_COUNTS,
    "province_months": "month reporters_expected reporters_reported districts_expected districts_reported "
    + UNIT_COUNTS,
    "progress_bands": "month unit_level unit_code progress_band band_order criteria_from criteria_to communes",
    "target_progress": """
        target_id target_name_vi target_name_en month unit_code value numerator denominator coverage target_value
        deadline is_met state gap is_overdue
        projected_value
    """,
    "leadership_index": """
        unit_code unit_level
        district_code month component raw_value normalised_value weight contribution index_value rank rank_low rank_high
    """,
    "fct_criterion_statuses": """
        commune_code month criterion_no criteria_set_id reported_status verified_status inspected_status
        official_status official_source reported_state is_disputed reported_submission_id reported_sheet reported_cell
        verified_submission_id
    """,
    "fct_indicator_verdicts": "month reporter_code commune_code criterion_no indicator_no verified_status",
    "dim_communes": "commune_code valid_from valid_to",
    "dim_districts": "district_code valid_from valid_to",
    "dim_criteria": "criteria_set_id criterion_no",
    "dim_reporters": "reporter_code",
    "dim_months": "month",
    "dim_unit_changes": "effective_on",
    "fct_production_models": "month commune_code",
    "fct_establishments": "month commune_code",
    "fct_model_areas": "month commune_code",
    "fct_resources": "month commune_code",
    "fct_officers": "month",
    "fct_commune_assignments": "month commune_code",
    "fct_tasks": "task_code",
    "fct_publicity": "month",
    "fct_chain_links": "month",
    "fct_inspections": "commune_code",
    "inspection_plan": """
        month commune_code unit_code unit_level district_code
        part reason_vi plan_seed inclusion_probability item_no item_kind item reported_value
    """,
    "target_gaps": "target_id month unit_code unit_level district_code lagging_unit_code lagging_unit_name missing gap_rank",
    "task_quarters": "quarter task_code owner_code instances_due reported_status measured_status",
    "production_months": "month district_code models_running models_formed models_stopped",
    "deliveries": "delivery_id path sha256 bytes received_at received_from status reason",
    "submissions": """
        submission_id delivery_id file_name sheets form reporter_code period received_at status is_expected reason
        rows_read rows_used findings_error findings_warning
    """,
    "obligations": """
        reporter_code form period due_on status first_received_at days_late days_overdue submission_id
    """,
    "findings": """
        finding_id subject_id rule_id severity reporter_code form period unit_code field submission_id sheet cell received_value
        expected_value related_submission_id related_sheet related_cell related_value difference message_vi message_en state
        explanation detected_at
    """,
    "answers": "finding_id answer reporter_code answered_at state decided_at",
    "rule_results": "rule_id reporter_code form period outcome reason rows_evaluated findings",
    "rules": "id severity description_vi description_en",
    "reporter_scores": """
        reporter_code month expected received on_time reporting_rate timeliness row_completeness cell_completeness
        consistency accuracy accuracy_low accuracy_high inspected_items
    """,
    "revisions": "",
    "messages": "direction message_kind reporter_code form period exchanged_at verdict",
    "reminders": "reporter_code reporter_name form period status due_on missing_since_on days_overdue message_vi message_en",
    "check_results": "suite check_name severity is_passed observed_value rows_checked rows_failed message_vi as_of built_at",
}


@pytest.mark.parametrize("table", PROMISED)
def test_promised_columns_are_there(manifest: dict[str, Any], table: str) -> None:
    found = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and (node["alias"] or node["name"]) == table
    ]
    assert len(found) == 1, f"{table}: {len(found)} models publish it"
    columns = set(found[0]["columns"])
    missing = set(PROMISED[table].split()) - columns
    assert not missing, f"{table} lacks {sorted(missing)}"
