"""Suites: what they say of a table, and that they never say what stands in a row."""

import datetime as dt
import importlib
import json
import re
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.quality import (
    CRITICAL,
    EXPECTED,
    MEASURES,
    SENTENCES,
    WARNING,
    Outcome,
    Validation,
    hidden,
    load_suites,
    name_measure,
    put_off,
    remove_gone,
    validate,
    warm_up,
)
from pipelines.settings import EXPECTATIONS_DIR
from pipelines.warehouse.measures import COUNTED, count, find_failing_rows

pytestmark = pytest.mark.filterwarnings("default")  # Great Expectations warns about itself
AT = dt.datetime(2015, 7, 20, 3, 0)


@pytest.fixture(scope="module")
def gx() -> Any:
    """Great Expectations, without what it warns about itself when it is imported."""
    warm_up()
    import great_expectations  # noqa: PLC0415 (as above)

    return great_expectations


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")


@pytest.fixture
def working() -> Generator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connected:
        connected.execute(
            """
            create schema landed;
            create table landed.deliveries (delivery_id varchar, path varchar);
            insert into landed.deliveries values ('d', '443/bao cao.xlsx');
            create table landed.people
                (delivery_id varchar, sheet varchar, row_number integer, name varchar, age integer, kind varchar);
            insert into landed.people values
                ('d', 'Bieu', 7, 'Bí Mật', null, 'a'), ('d', 'Bieu', 8, 'Bí Mật', 7, 'bí mật');
            """
        )
        yield connected


def run(suites: Path, working: duckdb.DuckDBPyConnection) -> list[Validation]:
    return list(validate(load_suites(suites), partial(count, working), suites, AT))


def test_each_expectation_has_an_outcome_of_its_own_severity_and_counts_only(
    tmp_path: Path, working: duckdb.DuckDBPyConnection
) -> None:
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
    found = run(tmp_path, working)
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
    kept = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "gx").rglob("*.*") if file.is_file())
    assert "kind other than a" in kept
    assert "Bí Mật" not in kept
    assert "B\\u00ed" not in kept


def test_a_suite_has_a_page_that_loads_nothing_and_shows_no_value(
    tmp_path: Path, working: duckdb.DuckDBPyConnection
) -> None:
    write(
        tmp_path,
        "landed_people",
        "table: landed.people\nexpectations:\n"
        "  - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: kind, value_set: [a]}}\n",
    )
    ((page,),) = [[each.page or ""] for each in run(tmp_path, working)]
    assert "kind thuộc danh mục: a" in page
    assert "1 trong 2 dòng có kind ngoài danh mục (a)" in page
    assert "1 / 1 không đạt" in page
    assert "bí mật" not in page
    assert not re.search(r"https?:|<script|<link|<img|@import", page)


def test_a_module_that_is_put_off_is_imported_by_its_first_use_not_by_whoever_asks_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thong_ke").mkdir()
    (tmp_path / "thong_ke" / "__init__.py").touch()
    (tmp_path / "thong_ke" / "phan_phoi.py").write_text("trung_binh = 7", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    put_off("thong_ke.phan_phoi")
    module = importlib.import_module("thong_ke.phan_phoi")
    assert hasattr(module, "__file__")  # as inspect asks it of all of sys.modules
    assert not hasattr(module, "__warningregistry__")
    assert "trung_binh" not in vars(module)
    assert sys.modules["thong_ke"].phan_phoi.trung_binh == 7
    assert vars(module)["trung_binh"] == 7
    for name in ("thong_ke", "thong_ke.phan_phoi"):
        del sys.modules[name]


def test_what_is_hidden_is_as_if_it_were_not_installed_unless_it_is_imported_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tinh_toan.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with hidden("tinh_toan"), pytest.raises(ImportError):
        importlib.import_module("tinh_toan")
    importlib.import_module("tinh_toan")
    with hidden("tinh_toan"):
        importlib.import_module("tinh_toan")
    del sys.modules["tinh_toan"]


def test_every_kind_of_expectation_has_a_query_and_sentences_of_its_own() -> None:
    assert COUNTED == SENTENCES.keys() == EXPECTED.keys() == MEASURES.keys()


def test_no_two_expectations_of_a_suite_are_about_one_count() -> None:
    for suite in load_suites(EXPECTATIONS_DIR):
        measures = [name_measure(each) for each in suite.expectations]
        assert len(set(measures)) == len(measures), suite.name


TRIED = [
    ("column_values_to_not_be_null", {"column": "code"}),
    ("column_values_to_not_be_null", {"column": "code", "mostly": 0.8}),
    ("column_values_to_not_be_null", {"column": "code", "mostly": 0.9}),
    ("column_values_to_not_be_null", {"column": "row_id"}),
    ("column_values_to_be_unique", {"column": "code"}),
    ("column_values_to_be_unique", {"column": "row_id"}),
    ("compound_columns_to_be_unique", {"column_list": ["code", "rate"]}),
    ("compound_columns_to_be_unique", {"column_list": ["row_id", "rate"]}),
    ("column_values_to_be_in_set", {"column": "code", "value_set": ["18001", "x'y"]}),
    ("column_values_to_be_in_set", {"column": "code", "value_set": ["18001"], "mostly": 0.5}),
    ("column_values_to_be_in_set", {"column": "code", "value_set": ["18001"], "mostly": 0.75}),
    ("column_values_to_match_regex", {"column": "code", "regex": r"^\d{5}$"}),
    ("column_values_to_match_regex", {"column": "code", "regex": "."}),
    ("column_values_to_be_between", {"column": "rate", "min_value": 0}),
    ("column_values_to_be_between", {"column": "rate", "min_value": -1, "max_value": 1}),
    ("column_values_to_be_between", {"column": "rate", "max_value": 2.5}),
    ("column_values_to_be_between", {"column": "nothing", "min_value": 1, "mostly": 0.9}),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "row_id", "column_B": "rate", "or_equal": True, "ignore_row_if": "either_value_is_missing"},
    ),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "rate", "column_B": "row_id", "or_equal": True, "ignore_row_if": "either_value_is_missing"},
    ),
    ("table_row_count_to_be_between", {"min_value": 5, "max_value": 5}),
    ("table_row_count_to_be_between", {"min_value": 6}),
]


def test_counts_and_verdicts_are_those_of_great_expectations_over_the_rows(
    tmp_path: Path, working: duckdb.DuckDBPyConnection, gx: Any
) -> None:
    working.execute(
        """
        create table landed.rows (row_id integer, code varchar, rate double, nothing double);
        insert into landed.rows values
            (1, '18001', 1.5, null), (2, '18001', 1.5, null), (3, 'x''y', -0.5, null), (4, null, 9, null), (5, 'ba', null, null);
        """
    )
    tried = [{"type": f"expect_{kind}", "severity": CRITICAL, "kwargs": about} for kind, about in TRIED]
    write(tmp_path, "landed_rows", json.dumps({"table": "landed.rows", "expectations": tried}))
    (suite,) = load_suites(tmp_path)
    (ours,) = run(tmp_path, working)
    asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("rows").add_dataframe_asset("rows")
    rows = asset.add_batch_definition_whole_dataframe("all").get_batch(
        {"dataframe": working.execute("from landed.rows").df()}
    )
    for each, counted, outcome in zip(tried, count(working, suite) or [], ours.outcomes, strict=True):
        (theirs,) = rows.validate(gx.ExpectationSuite(name="theirs", expectations=[each])).results
        assert outcome.is_passed == theirs.success, each
        assert counted is not None
        assert counted.failed == theirs.result.get("unexpected_count", 0), each


SUITE_OF_ONE = """\
table: landed.people
expectations:
  - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: kind, value_set: [a]}}
"""


def context_of_one_suite(folder: Path, working: duckdb.DuckDBPyConnection, gx: Any) -> Any:
    """Great Expectations' own context, once a suite whose one expectation fails has run."""
    write(folder, "landed_people", SUITE_OF_ONE)
    run(folder, working)
    return gx.get_context(mode="file", project_root_dir=folder)


def test_great_expectations_finds_its_own_objects_and_runs_them(
    tmp_path: Path, working: duckdb.DuckDBPyConnection, gx: Any
) -> None:
    context = context_of_one_suite(tmp_path, working, gx)
    (expectation,) = context.suites.get("landed_people").expectations
    assert expectation.description == "kind is one of: a"
    assert expectation.meta is not None
    assert expectation.meta["expects"] == "expect_column_values_to_be_in_set"
    (stored,) = [
        json.loads(file.read_text(encoding="utf-8"))
        for file in (tmp_path / "gx" / "uncommitted" / "validations").rglob("*.json")
    ]
    assert not stored["success"]
    assert stored["results"][0]["result"]["observed_value"] == 1
    checkpoint = context.checkpoints.get("landed_people")
    row = working.execute('select 0 as "kind other than a"').df()
    assert checkpoint.run(batch_parameters={"dataframe": row}).success
    assert context.get_site_names() == [], "its own pages load from elsewhere"


def test_a_suite_that_was_changed_under_home_is_what_the_project_says_again(
    tmp_path: Path, working: duckdb.DuckDBPyConnection, gx: Any
) -> None:
    context = context_of_one_suite(tmp_path, working, gx)
    suite = context.suites.get("landed_people")
    suite.expectations = []
    suite.save()
    assert not run(tmp_path, working)[0].outcomes[0].is_passed
    write(tmp_path, "landed_people", SUITE_OF_ONE.replace("[a]", "[a, bí mật]"))
    assert run(tmp_path, working)[0].outcomes[0].is_passed


def test_objects_of_a_suite_that_is_gone_are_removed_and_those_of_others_stay(
    tmp_path: Path, working: duckdb.DuckDBPyConnection, gx: Any
) -> None:
    context = context_of_one_suite(tmp_path, working, gx)
    context.suites.add(gx.ExpectationSuite(name="của tôi"))
    (kept,) = load_suites(tmp_path)
    remove_gone(tmp_path, [kept])
    assert [each.name for each in gx.get_context(mode="file", project_root_dir=tmp_path).checkpoints.all()] == [
        kept.name
    ]
    remove_gone(tmp_path, [])
    left = gx.get_context(mode="file", project_root_dir=tmp_path)
    assert [each.name for each in left.suites.all()] == ["của tôi"]
    assert (list(left.checkpoints.all()), list(left.validation_definitions.all())) == ([], [])


@pytest.mark.parametrize("file", ["great_expectations.yml", "checkpoints/landed_people.json"])
def test_a_context_that_is_damaged_is_set_aside_and_made_anew(
    tmp_path: Path, working: duckdb.DuckDBPyConnection, file: str
) -> None:
    write(
        tmp_path,
        "landed_people",
        "table: landed.people\nexpectations:\n"
        "  - {type: expect_column_values_to_not_be_null, severity: critical, kwargs: {column: name}}\n",
    )
    run(tmp_path, working)
    (tmp_path / "gx" / file).write_text('{"name": [', encoding="utf-8")
    assert run(tmp_path, working)[0].outcomes[0].is_passed
    assert len(list(tmp_path.glob("gx.damaged-*"))) == 1


def test_rows_that_fail_are_named_by_their_place_and_by_no_value(
    tmp_path: Path, working: duckdb.DuckDBPyConnection
) -> None:
    write(
        tmp_path,
        "landed_people",
        """
        table: landed.people
        expectations:
          - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: kind, value_set: [a]}}
          - {type: expect_column_values_to_be_unique, severity: critical, kwargs: {column: name}}
          - {type: expect_table_row_count_to_be_between, severity: critical, kwargs: {max_value: 1}}
        """,
    )
    (suite,) = load_suites(tmp_path)
    places = [{"path": "443/bao cao.xlsx", "sheet": "Bieu", "row_number": number} for number in (7, 8)]
    found = [find_failing_rows(working, suite, each) for each in suite.expectations]
    assert found == [places[1:], places, []]


def test_a_column_that_is_gone_is_a_failure_not_an_error(tmp_path: Path, working: duckdb.DuckDBPyConnection) -> None:
    write(
        tmp_path,
        "landed_people",
        "table: landed.people\nexpectations:\n"
        "  - {type: expect_column_values_to_be_unique, severity: critical, kwargs: {column: gone}}\n",
    )
    (found,) = run(tmp_path, working)
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
        "table: landed.h01\nexpectations:\n  - {type: expect_x, kwargs: {}, severity: critical}\n",
        "table: landed.h01\nexpectations:\n  - {type: expect_table_row_count_to_be_between, severity: warning, kwargs: {x: 1}}\n",
    ],
)
def test_a_misspelt_suite_stops_and_names_its_file(tmp_path: Path, text: str) -> None:
    write(tmp_path, "landed_wrong", text)
    with pytest.raises(ValueError, match=r"landed_wrong\.yml"):
        load_suites(tmp_path)


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
