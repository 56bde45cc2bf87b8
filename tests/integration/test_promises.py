"""What dbt's tests hold of published tables: each promise is broken once in a finished build, and its test says so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Office


@pytest.fixture(scope="module")
def compiled(finished: tuple[Office, str]) -> Path:
    """The tests' SQL as the run asked it."""
    return finished[0].home / "dbt" / "target" / "compiled" / "ntm" / "models"


@pytest.fixture(scope="module")
def copied(
    finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    file = tmp_path_factory.mktemp("promises") / "working.duckdb"
    shutil.copy(finished[0].home / "working.duckdb", file)
    with duckdb.connect(str(file)) as connected:
        yield connected


@pytest.fixture
def working(copied: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file of the run; what a test changes in it is undone."""
    copied.begin()
    yield copied
    copied.rollback()


def find_broken(working: duckdb.DuckDBPyConnection, compiled: Path, kind: str, table: str) -> list[str]:
    """Return what the table's test of that kind says is broken."""
    (file,) = compiled.rglob(f"{table}.yml/{kind}_*.sql")  # dbt cuts long names short
    return [what for what, _ in working.execute(file.read_text(encoding="utf-8")).fetchall()]


@pytest.mark.parametrize(
    ("table", "change", "broken"),
    [
        ("marts.commune_months", "month = null", "month is unknown"),
        ("marts.commune_months", "commune_code = null", "commune_code is unknown"),
        ("marts.commune_months", "criteria_set_id = null", "criteria_set_id is unknown"),
        ("marts.commune_months", "month = '2014-09-01', commune_code = '18001'", "the key stands more than once"),
        ("marts.commune_months", "commune_code = '443'", "commune_code is not of its form"),
        ("marts.commune_months", "criteria_met_latest = 21", "criteria_met_latest is above 20"),
        ("marts.commune_months", "criteria_unknown = -1", "criteria_unknown is below 0"),
        ("marts.commune_months", "months_since_report = -1", "months_since_report is below 0"),
        ("marts.commune_months", "open_findings = -1", "open_findings is below 0"),
        (
            "marts.commune_months",
            "criteria_met_latest = 20, criteria_total = 19",
            "criteria_total is below criteria_met_latest",
        ),
        (
            "marts.commune_months",
            "criteria_met_verified = 2, criteria_verified = 1",
            "criteria_verified is below criteria_met_verified",
        ),
        ("marts.commune_months", "progress_band = '19-'", "progress_band is not of its form"),
        ("marts.district_months", "is_provisional = null", "is_provisional is unknown"),
        ("marts.district_months", "communes_reported = 999", "communes_expected is below communes_reported"),
        ("marts.district_months", "communes_counted_funds = 999", "communes_expected is below communes_counted_funds"),
        ("marts.district_months", "reports_on_time = 999", "reports_received is below reports_on_time"),
        ("marts.district_months", "timeliness = 1.1", "timeliness is not within 0..1"),
        ("marts.district_months", "criteria_met_avg = 20.5", "criteria_met_avg is above 20"),
        ("marts.province_months", "districts_reported = 99", "districts_expected is below districts_reported"),
        ("marts.province_months", "reporting_rate = -0.1", "reporting_rate is not within 0..1"),
        ("marts.province_months", "month = null", "month is unknown"),
        ("marts.fct_criterion_statuses", "criterion_no = 0", "criterion_no is below 1"),
        ("marts.fct_criterion_statuses", "verified_status = 'maybe'", "verified_status is not an allowed value"),
        ("marts.fct_criterion_statuses", "official_source = 'press'", "official_source is not an allowed value"),
        ("marts.leadership_index", "component = null", "component is unknown"),
        ("marts.leadership_index", "weight = 1.5", "weight is not within 0..1"),
        ("marts.leadership_index", "index_value = 100.5", "index_value is above 100"),
        ("marts.target_progress", "coverage = 1.5", "coverage is not within 0..1"),
        ("marts.target_progress", "target_id = null", "target_id is unknown"),
        ("quality.deliveries", "received_from = 'post'", "received_from is not an allowed value"),
        ("quality.findings", "state = null", "state is unknown"),
        ("quality.obligations", "status = null", "status is unknown"),
        ("quality.obligations", "period = '2014-13'", "period is not of its form"),
        ("quality.obligations", "days_late = 0", "days_late is below 1"),
        ("quality.obligations", "days_overdue = 0", "days_overdue is below 1"),
        ("quality.reporter_scores", "accuracy = 2", "accuracy is not within 0..1"),
        ("quality.rule_results", "outcome = null", "outcome is unknown"),
        ("quality.submissions", "status = null", "status is unknown"),
        ("quality.submissions", "rows_read = 0, rows_used = 1", "rows_read is below rows_used"),
    ],
)
def test_a_table_that_does_not_keep_its_word_says_what_is_broken(
    working: duckdb.DuckDBPyConnection, compiled: Path, table: str, change: str, broken: str
) -> None:
    name = table.partition(".")[2]
    assert find_broken(working, compiled, "well_formed", name) == []
    working.execute(f"update {table} set {change}")
    assert broken in find_broken(working, compiled, "well_formed", name)


def test_a_commune_that_reports_for_itself_has_no_district(working: duckdb.DuckDBPyConnection, compiled: Path) -> None:
    working.execute("update marts.commune_months set district_code = null, district_name = null")
    assert find_broken(working, compiled, "well_formed", "commune_months") == []


@pytest.mark.parametrize(
    ("table", "change", "broken"),
    [
        ("marts.commune_months", "delete from", "there is a row"),
        ("marts.commune_months", "update set criteria_met_latest = null", "criteria_met_latest is not null"),
        ("marts.district_months", "update set reporting_rate = 0.89", "reporting_rate >= 0.9"),
        ("marts.province_months", "update set reporting_rate = 0.89", "reporting_rate >= 0.9"),
        ("marts.fct_criterion_statuses", "delete from", "there is a row"),
        (
            "quality.obligations",
            "update set status = 'missing'",
            "status in ('on_time', 'late', 'excused', 'not_yet_due')",
        ),
        ("quality.reporter_scores", "update set cell_completeness = 0.5", "cell_completeness >= 0.9"),
    ],
)
def test_less_than_usual_is_said(
    working: duckdb.DuckDBPyConnection, compiled: Path, table: str, change: str, broken: str
) -> None:
    name = table.partition(".")[2]
    assert find_broken(working, compiled, "usual_volume", name) == []
    working.execute(f"delete from {table}" if change == "delete from" else change.replace("update", f"update {table}"))
    assert find_broken(working, compiled, "usual_volume", name) == [broken]
