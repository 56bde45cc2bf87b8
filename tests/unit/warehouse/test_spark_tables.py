"""What Spark has built as views of the working file, without Spark: its tables are Parquet, and the rest is DuckDB's."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import Settings, SettingsError, SparkSettings
from pipelines.warehouse.build import NodeResult
from pipelines.warehouse.rows import find_tables
from pipelines.warehouse.spark import session
from pipelines.warehouse.spark.engine import SparkEngine
from pipelines.warehouse.spark.session import find_cause
from pipelines.warehouse.spark.tables import Build
from pipelines.warehouse.verdicts import hash_tables

MODEL = "model.ntm.commune_months"


class Catalogue:
    """Takes statements, in place of a session."""

    def sql(self, statement: str) -> None: ...


def a_node(alias: str = "commune_months", schema: str = "marts") -> dict[str, Any]:
    return {
        "resource_type": "model",
        "schema": schema,
        "alias": alias,
        "description": "Mỗi dòng là một xã trong một tháng.",
        "config": {"persist_docs": {"relation": True}},
        "columns": {
            "commune_code": {"data_type": "varchar", "description": "Mã xã."},
            "communes": {"data_type": "integer", "description": ""},
        },
    }


def a_result(unique_id: str = MODEL, status: str = "success") -> NodeResult:
    return NodeResult(unique_id, status, 1.0, None, "OK")


@pytest.fixture
def working() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def built(builds: Path, number: int, alias: str = "commune_months", schema: str = "marts") -> Build:
    """A build as Spark leaves one: a folder of files per table."""
    build = Build(builds)
    build.begin(Catalogue(), [schema])
    folder = build.folder / schema / alias
    folder.mkdir(parents=True)
    duckdb.sql(f"copy (select 'Kim Lộc' as commune_code, {number}::bigint as communes) to '{folder}/part.parquet'")
    return build


def test_a_table_is_a_view_of_the_promised_types_with_what_is_said_of_it(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    built(tmp_path, 7).show(working, {MODEL: a_node()}, [a_result()])
    assert working.execute("from marts.commune_months").fetchall() == [("Kim Lộc", 7)]
    columns = "select column_name, data_type, comment from duckdb_columns() where table_name = 'commune_months'"
    assert working.execute(columns).fetchall() == [("commune_code", "VARCHAR", "Mã xã."), ("communes", "INTEGER", None)]
    comment = "select comment from duckdb_views() where view_name = 'commune_months'"
    assert working.execute(comment).fetchall() == [("Mỗi dòng là một xã trong một tháng.",)]
    assert find_tables(working) == [("marts", "commune_months")]


def test_it_takes_the_place_of_a_table_and_of_the_build_before_which_is_removed(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    working.execute("create schema marts; create table marts.commune_months as select 1 as communes")
    for number in (7, 8):
        built(tmp_path, number).show(working, {MODEL: a_node()}, [a_result()])
        assert working.execute("select communes from marts.commune_months").fetchall() == [(number,)]
        assert len(list(tmp_path.iterdir())) == 1


def test_a_model_that_failed_is_no_table(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    built(tmp_path, 7).show(working, {MODEL: a_node()}, [a_result(status="error")])
    assert find_tables(working) == []


def test_what_publication_fills_anew_is_a_table(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    node = a_node("check_results", "quality")
    built(tmp_path, 7, "check_results", "quality").show(working, {MODEL: node}, [a_result()])
    working.execute("delete from quality.check_results")


def test_a_build_that_was_not_begun_removes_nothing(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "home" / "archive").mkdir(parents=True)
    engine = SparkEngine(Settings(tmp_path, tmp_path / "home", dt.date(2015, 7, 20), spark=SparkSettings()))
    engine.show_built(working, {MODEL: a_node()}, [a_result()])
    assert (tmp_path / "home" / "archive").is_dir()


def test_a_file_that_was_changed_since_is_another_table_for_the_verdict(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    built(tmp_path, 7).show(working, {MODEL: a_node()}, [a_result()])
    before = hash_tables(working)
    (file,) = tmp_path.rglob("*.parquet")
    duckdb.sql(f"copy (select 'Kim Lộc' as commune_code, 8::bigint as communes) to '{file}'")
    assert hash_tables(working) != before


@pytest.mark.parametrize(
    ("needed", "spark", "line"),
    [
        (("spark_cua_ai",), SparkSettings(), r"spark_cua_ai: chưa cài · not installed"),
        (("json",), SparkSettings(), r"^NTM_ENGINE: spark: không có Java · no Java 17"),
        (
            ("json",),
            SparkSettings("spark://127.0.0.1:1,127.0.0.1:2", Path("java")),
            r"^NTM_SPARK_MASTER: .* no master answers",
        ),
        (("json",), SparkSettings("spark://127.0.0.1", Path("java")), r"^NTM_SPARK_MASTER: .* no master answers"),
    ],
)
def test_what_spark_can_not_work_with_is_one_line(
    monkeypatch: pytest.MonkeyPatch, needed: tuple[str, ...], spark: SparkSettings, line: str
) -> None:
    monkeypatch.setattr(session, "NEEDED", needed)
    with pytest.raises(SettingsError, match=line):
        session.refuse_unusable(spark)


@pytest.mark.parametrize("version", ["1.8.0_392", "11.0.21"])
def test_a_java_that_is_too_old_is_as_good_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str
) -> None:
    monkeypatch.setattr(session, "NEEDED", ("json",))
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2023-10-17' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    with pytest.raises(SettingsError, match="no Java 17 or later here"):
        session.refuse_unusable(SparkSettings("local[2]", java))


def test_a_master_that_is_not_a_host_is_left_to_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "NEEDED", ("json",))
    for master in ("local[2]", "yarn", "k8s://https://10.0.0.1:6443"):
        session.refuse_unusable(SparkSettings(master, Path("java")))


TRACE = """An error occurred while calling z:org.apache.spark.api.python.PythonRDD.collectAndServe.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent failure: Lost
task 0.3: org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "worker.py", line 1, in main
    process()
ArchiveError: archive ab/cd: Permission denied

\tat org.apache.spark.api.python.BasePythonRunner"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TRACE, "ArchiveError: archive ab/cd: Permission denied"),
        ("[NOT_FOUND] The table `a` cannot be found.\nSearch path", "[NOT_FOUND] The table `a` cannot be found."),
        ("", "?"),
    ],
)  # fmt: skip
def test_of_what_spark_says_the_cause_is_shown(text: str, line: str) -> None:
    assert find_cause(text) == line
