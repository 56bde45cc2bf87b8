"""Suites: what they say of a table, and that they never say what stands in a row."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.quality import CRITICAL, EXPECTED, SENTENCES, WARNING, Outcome, Suite, load_suites, validate
from pipelines.settings import EXPECTATIONS_DIR

pytestmark = pytest.mark.filterwarnings("default")  # Great Expectations warns about itself


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def fetching(frames: dict[str, pd.DataFrame]) -> Callable[[Suite], pd.DataFrame | None]:
    """Give of a suite's table the columns that it names, as a run does; frames by the name of the suite."""
    return lambda suite: frames[suite.name].filter(suite.columns) if suite.name in frames else None


def test_each_expectation_has_an_outcome_of_its_own_severity_and_counts_only(tmp_path: Path) -> None:
    write(
        tmp_path,
        "landed_people",
        """
        table: landed.people
        expectations:
          - {type: expect_column_values_to_be_unique, severity: critical, kwargs: {column: name}}
          - {type: expect_column_values_to_not_be_null, severity: warning, kwargs: {column: age}}
          - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: kind, value_set: [a]}}
          - {type: expect_compound_columns_to_be_unique, severity: critical, kwargs: {column_list: [name, age]}}
        """,
    )
    write(tmp_path, "marts_gone", "table: marts.gone\nexpectations: []\n")
    people = pd.DataFrame({"name": ["Bí Mật", "Bí Mật"], "age": [None, 7.0], "kind": ["a", "b"]})
    found = list(validate(load_suites(tmp_path), fetching({"landed_people": people})))
    outcomes = [outcome for each in found for outcome in sorted(each.outcomes, key=lambda outcome: outcome.check)]
    assert outcomes == [
        Outcome(
            "landed_people",
            "expect_column_values_to_be_in_set kind",
            CRITICAL,
            is_passed=False,
            observed="1",
            rows_checked=2,
            rows_failed=1,
            message_vi="landed.people: 1 trong 2 dòng có kind ngoài danh mục (a).",
            message_en="landed.people: 1 of 2 rows have a kind other than a.",
        ),
        Outcome(
            "landed_people",
            "expect_column_values_to_be_unique name",
            CRITICAL,
            is_passed=False,
            observed="2",
            rows_checked=2,
            rows_failed=2,
            message_vi="landed.people: 2 trong 2 dòng có name trùng nhau.",
            message_en="landed.people: 2 of 2 rows share their name with another.",
        ),
        Outcome(
            "landed_people",
            "expect_column_values_to_not_be_null age",
            WARNING,
            is_passed=False,
            observed="1",
            rows_checked=2,
            rows_failed=1,
            message_vi="landed.people: 1 trong 2 dòng trống cột age.",
            message_en="landed.people: 1 of 2 rows have no age.",
        ),
        Outcome("landed_people", "expect_compound_columns_to_be_unique name, age", CRITICAL, True, "0", 2, 0),
        Outcome(
            "marts_gone",
            "table_exists",
            CRITICAL,
            is_passed=False,
            observed=None,
            message_vi="marts.gone: không có bảng này.",
            message_en="marts.gone: there is no such table.",
        ),
    ]
    assert "Bí Mật" not in str(found)


def test_a_suite_has_a_page_that_loads_nothing_and_shows_no_value(tmp_path: Path) -> None:
    write(
        tmp_path,
        "landed_people",
        "table: landed.people\nexpectations:\n"
        "  - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: kind, value_set: [a]}}\n",
    )
    people = pd.DataFrame({"kind": ["a", "bí mật"]})
    ((page,),) = [[each.page or ""] for each in validate(load_suites(tmp_path), fetching({"landed_people": people}))]
    assert "kind thuộc danh mục: a" in page
    assert "1 trong 2 dòng có kind ngoài danh mục (a)" in page
    assert "1 / 1 không đạt" in page
    assert "bí mật" not in page
    assert not re.search(r"https?:|<script|<link|<img|@import", page)


def test_every_kind_of_expectation_in_use_has_sentences_of_its_own() -> None:
    used = {each["type"] for suite in load_suites(EXPECTATIONS_DIR) for each in suite.expectations}
    assert used <= SENTENCES.keys() & EXPECTED.keys()


def test_a_column_that_is_gone_is_a_failure_not_an_error(tmp_path: Path) -> None:
    write(
        tmp_path,
        "landed_people",
        "table: landed.people\nexpectations:\n"
        "  - {type: expect_column_values_to_be_unique, severity: critical, kwargs: {column: gone}}\n",
    )
    (found,) = validate(load_suites(tmp_path), fetching({"landed_people": pd.DataFrame({"a": [1]})}))
    (outcome,) = found.outcomes
    assert not outcome.is_passed
    assert "gone" in (outcome.observed or "")
    assert "could not be tried" in (outcome.message_en or "")


@pytest.mark.parametrize(
    "text",
    [
        "table: landed.h01\n",
        "table: landed.h01\nexpectation: []\nexpectations: []\n",
        "table: landed.h01\nexpectations:\n  - {type: expect_x, kwargs: {}}\n",
        "table: landed.h01\nexpectations:\n  - {type: expect_x, kwargs: {}, severity: high}\n",
    ],
)
def test_a_misspelt_suite_stops_and_names_its_file(tmp_path: Path, text: str) -> None:
    write(tmp_path, "landed_wrong", text)
    with pytest.raises(ValueError, match=r"landed_wrong\.yml"):
        load_suites(tmp_path)


def test_a_suite_names_every_column_that_something_is_expected_of() -> None:
    kwargs = [{"column": "a"}, {"column_A": "b", "column_B": "c"}, {"column_list": ["d", "e"]}, {"min_value": 1}]
    assert Suite("landed_s", "landed.s", tuple({"kwargs": each} for each in kwargs)).columns == set("abcde")
    ways = {name for suite in load_suites(EXPECTATIONS_DIR) for each in suite.expectations for name in each["kwargs"]}
    assert {name for name in ways if "column" in name} == {"column", "column_A", "column_B", "column_list"}


def test_the_suites_of_this_project_name_their_table_and_expect_structure_of_what_was_read() -> None:
    suites = load_suites(EXPECTATIONS_DIR)
    assert all(suite.name == suite.table.replace(".", "_") for suite in suites)
    assert {suite.table.split(".")[0] for suite in suites} == {"landed"}, "what dbt builds has dbt's tests"
    assert all(any(each["severity"] == CRITICAL for each in suite.expectations) for suite in suites)


def test_how_much_was_reported_is_never_critical() -> None:
    volumes = [
        (suite.name, each)
        for suite in load_suites(EXPECTATIONS_DIR)
        for each in suite.expectations
        if "mostly" in each["kwargs"] or "row_count" in each["type"] or each["kwargs"].get("min_value") == 0.9
    ]
    assert volumes
    assert all(each["severity"] == WARNING for _, each in volumes)
