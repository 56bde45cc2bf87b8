"""What a failed check says, and whether the reports of the last deadline are in."""

import datetime as dt
from collections.abc import Generator
from typing import Any

import duckdb
import pytest

from pipelines.quality import CRITICAL, WARNING, Outcome
from pipelines.warehouse.checks import content_as_received, explain, record, reports_of_the_last_deadline
from pipelines.warehouse.landed_schema import CHECK_RESULTS
from pipelines.warehouse.load import Lost

A_DAY = dt.date(2015, 7, 20)


@pytest.fixture
def working() -> Generator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connected:
        connected.execute(
            """
            create schema marts; create schema quality;
            create table marts.district_months as select 3 as rate from range(4);
            """
        )
        yield connected


def node(kind: str | None, **more: Any) -> dict[str, Any]:
    metadata = {"name": kind, "kwargs": {"columns": ["month", "district_code"]}} if kind else None
    return {
        "name": "a_test",
        "attached_node": "model.ntm.district_months" if kind else None,
        "test_metadata": metadata,
        "column_name": "rate",
        "config": {"meta": {}},
    } | more


NODES = {"model.ntm.district_months": {"schema": "marts", "alias": "district_months"}}


@pytest.mark.parametrize(
    ("kind", "sql", "sentence"),
    [
        (
            "unique_combination",
            "select 1",
            "marts.district_months: 2 keys (month, district_code) are shared or unknown, of 4 rows.",
        ),
        (
            "usual_volume",
            "select 'rate >= 4' as what, 1 as rows_broken",
            "marts.district_months: less than usual, 1 of 4 rows fall short: what rate >= 4, rows_broken 1.",
        ),
        (
            "well_formed",
            "select 'rate is unknown' as what, 3 as rows_broken",
            "marts.district_months: 3 of 4 rows are malformed: what rate is unknown, rows_broken 3.",
        ),
        (
            None,
            "-- why\nselect 'T03' as target_id, 'xã' as unit -- of targets.csv",
            "2 rows of targets.csv can't be measured: target_id T03, unit xã | ….",
        ),
        (None, "", "2 rows of targets.csv can't be measured."),
        (None, "select * from marts.gone", "2 rows of targets.csv can't be measured."),
    ],
)
def test_a_dbt_test_that_does_not_hold_says_how_many_of_what_and_where(
    working: duckdb.DuckDBPyConnection, kind: str | None, sql: str, sentence: str
) -> None:
    meta = {"vi": "{failed} dòng", "en": "{failed} rows of targets.csv can't be measured"}
    nodes = NODES | {"test.x": node(kind, compiled_code=sql, config={} if kind else {"meta": meta})}
    outcome = explain(working, Outcome("dbt", "a_test", CRITICAL, False, "2", rows_failed=2), "test.x", nodes, A_DAY)
    assert outcome.message_en == sentence


def test_a_dbt_test_with_a_sentence_of_its_own_names_no_column(
    working: duckdb.DuckDBPyConnection,
) -> None:
    sql = "select 'rate >= 4' as what, 1 as rows_broken"
    meta = {"vi": "tỷ lệ nộp thấp ở {failed} trong {checked} dòng", "en": "low rate in {failed} of {checked} rows"}
    nodes = NODES | {"test.x": node("usual_volume", compiled_code=sql, config={"meta": meta})}
    outcome = explain(working, Outcome("dbt", "a_test", CRITICAL, False, "1", rows_failed=1), "test.x", nodes, A_DAY)
    assert outcome.message_vi == "marts.district_months: tỷ lệ nộp thấp ở 1 trong 4 dòng."
    assert outcome.message_en == "marts.district_months: low rate in 1 of 4 rows."


def test_a_test_that_is_not_known_stays_as_it_is(working: duckdb.DuckDBPyConnection) -> None:
    outcome = Outcome("dbt", "new", CRITICAL, False, "2")
    assert explain(working, outcome, "test.new", NODES, A_DAY) is outcome


@pytest.mark.parametrize(("was_read", "severity"), [(True, WARNING), (False, CRITICAL)])
def test_what_the_archive_lost_is_counted_and_no_file_is_named(
    working: duckdb.DuckDBPyConnection, was_read: bool, severity: str
) -> None:
    lost = [Lost("443/Nguyễn Văn An.xlsx", "its bytes have changed", was_read=was_read)]
    outcome = content_as_received(working, lost)
    assert outcome is not None
    assert (outcome.severity, outcome.rows_failed) == (severity, 1)
    assert "Nguyễn Văn An" not in f"{outcome}"


def test_the_archive_is_said_to_be_whole_once_it_is_again(working: duckdb.DuckDBPyConnection) -> None:
    """So that alerts forget it: what is lost a second time is told a second time."""
    lost = [Lost("a.xlsx", "its bytes have changed", was_read=True)]
    columns = ", ".join(f"{name} {kind}" for name, kind in CHECK_RESULTS)
    working.execute(f"create schema landed; create table landed.check_results ({columns})")
    said = []
    for day, each in enumerate([[], lost, lost, [], [], lost], 1):
        outcome = content_as_received(working, each)
        said.append(outcome and outcome.is_passed)
        record(working, [outcome] if outcome else [], dt.date(2015, 7, day), dt.datetime(2015, 7, day))
    assert said == [None, False, False, True, None, False]


OBLIGATIONS = """
    ('443', 'H01', '2015-06', date '2015-07-05', 'on_time'), ('445', 'H01', '2015-06', date '2015-07-05', 'missing'),
    ('446', 'H01', '2015-06', date '2015-07-05', 'excused'), ('445', 'H01', '2015-05', date '2015-06-05', 'missing'),
    ('S-YT', 'S01', '2015-Q2', date '2015-07-10', 'rejected_only')
"""


@pytest.mark.parametrize(
    ("as_of", "due", "missing", "message"),
    [
        (
            dt.date(2015, 7, 5),
            1,
            1,
            "1 of 1 reports due by the last deadline (2015-06-05) are not in: 445 H01 2015-05.",
        ),
        (
            dt.date(2015, 7, 10),
            2,
            1,
            "1 of 2 reports due by the last deadline (2015-07-05) are not in: 445 H01 2015-06.",
        ),
        (
            dt.date(2015, 7, 11),
            3,
            2,
            "2 of 3 reports due by the last deadline (2015-07-10) are not in: 445 H01 2015-06, S-YT S01 2015-Q2.",
        ),
        (dt.date(2015, 6, 1), 0, 0, None),
    ],
)
def test_freshness_is_by_deadline_as_of_the_day_asked_for(
    working: duckdb.DuckDBPyConnection, as_of: dt.date, due: int, missing: int, message: str | None
) -> None:
    working.execute(
        "create table quality.obligations (reporter_code text, form text, period text, due_on date, status text)"
    )
    working.execute(f"insert into quality.obligations values {OBLIGATIONS}")
    outcome = reports_of_the_last_deadline(working, as_of)
    assert (outcome.severity, outcome.is_passed) == (WARNING, missing == 0)
    assert (outcome.rows_checked, outcome.rows_failed, outcome.message_en) == (due, missing, message)
