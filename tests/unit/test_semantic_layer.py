"""Metrics add up as the list of published indicators says."""

from typing import Any

import pytest
import yaml

from pipelines.reference.lists import read_lists
from pipelines.reference.models import PublishedIndicator
from pipelines.semantic_layer import describe_semantics
from pipelines.settings import DBT_PROJECT_DIR, SEEDS_DIR

SEMANTICS = yaml.safe_load(describe_semantics(read_lists(SEEDS_DIR)[PublishedIndicator], DBT_PROJECT_DIR))
MEASURES = {measure["name"]: measure for model in SEMANTICS["semantic_models"] for measure in model["measures"]}
METRICS = MEASURES.keys() | {metric["name"] for metric in SEMANTICS["metrics"]}
LAST_MONTH = {"name": "reporting_month", "window_choice": "max"}


@pytest.mark.parametrize(
    ("measure", "aggregate", "of_month"),
    [
        pytest.param("province_models_running", "sum", LAST_MONTH, id="stock"),
        pytest.param("province_models_new", "sum", None, id="flow"),
        pytest.param("district_funds_ytd_million_vnd", "sum", LAST_MONTH, id="year-to-date"),
        pytest.param("commune_criteria_met_latest", "average", LAST_MONTH, id="average"),
        pytest.param("district_criteria_met_avg_weight", "sum", LAST_MONTH, id="weight"),
    ],
)
def test_only_a_flow_is_added_over_months(measure: str, aggregate: str, of_month: dict[str, Any] | None) -> None:
    described = MEASURES[measure]
    assert (described["agg"], described.get("non_additive_dimension")) == (aggregate, of_month)


def test_a_rate_and_a_weighted_average_are_computed_from_their_parts() -> None:
    ratios = {metric["name"]: tuple(metric["type_params"].values()) for metric in SEMANTICS["metrics"]}
    assert ratios["district_reporting_rate"] == ("district_reports_received", "district_reports_expected")
    assert ratios["district_criteria_met_avg"] == (
        "district_criteria_met_avg_weighted",
        "district_criteria_met_avg_weight",
    )


def test_what_may_not_be_added_has_no_metric() -> None:
    assert "province_open_findings" in METRICS
    assert not {"district_open_findings", "district_leadership_index", "commune_leadership_index"} & METRICS
