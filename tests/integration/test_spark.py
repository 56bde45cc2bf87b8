"""Whole runs on Spark beside whole runs on DuckDB: every table of the working file, every published one, though machines die."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines.settings import Settings, SparkSettings
from pipelines.warehouse.spark import session
from pipelines.warehouse.spark.session import ClusterError, SparkCluster
from tests.integration import on_spark
from tests.integration.conftest import AS_OF, CLOCKED, Office, WarmOffice
from tests.integration.on_spark import SparkOffice, differences
from tests.shared import made_once
from tests.world.communes import CommuneWorld
from tests.world.folder import write_commune_folder

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not on_spark.is_there(), reason="no Spark here: make test-spark"),
]
MAY_DIFFER = {*CLOCKED, "landed.check_results", "landed.runs", "landed.verdicts"}
"""What tells of runs, not of deliveries."""
FIRST, LAST, SECOND_ERA_AS_OF = date(2025, 12, 1), date(2026, 1, 1), "2026-01-31"
"""The last month with one set of criteria and the first with another, of communes that report for themselves."""


@pytest.fixture(scope="module")
def on_cluster(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[SparkOffice, str]:
    """What the finished run has read, read and built on Spark; ids are made with its secret."""

    def run(folder: Path) -> None:
        office = SparkOffice(finished[0].raw, folder / "home")
        code, said = office.run(NTM_SECRET_FILE=str(finished[0].home / "secret"))
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once(tmp_path_factory, "spark", run)
    return SparkOffice(finished[0].raw, folder / "home"), (folder / "said.txt").read_text(encoding="utf-8")


def test_every_table_has_the_same_rows_as_on_duckdb(
    finished: tuple[Office, str], on_cluster: tuple[SparkOffice, str]
) -> None:
    """Of landed rows, findings and every model but views; published tables have the same columns and types, too."""
    ours, theirs = finished[0], on_cluster[0]
    assert differences(ours.home / "working.duckdb", theirs.home / "working.duckdb", MAY_DIFFER) == {}
    assert differences(ours.published, theirs.published, MAY_DIFFER) == {}
    comments = """
        select schema_name, table_name, null, comment from duckdb_tables()
        union all select schema_name, table_name, column_name, comment from duckdb_columns() where not internal order by all
    """
    assert theirs.ask(comments) == ours.ask(comments)


def test_views_have_the_same_rows_as_on_duckdb(finished: tuple[Office, str], tmp_path: Path) -> None:
    """Staging, which Spark has as views as DuckDB does, and no run keeps."""
    working = finished[0].home / "working.duckdb"
    assert on_spark.view_differences(working, tmp_path, AS_OF, "staging") == {}


def test_the_screen_says_what_a_run_on_duckdb_says(
    finished: tuple[Office, str], on_cluster: tuple[SparkOffice, str]
) -> None:
    figures = [line for line in finished[1].splitlines() if "Toàn tỉnh" in line or "2014-09" in line]
    assert figures
    assert set(figures) <= set(on_cluster[1].splitlines())


def test_a_worker_that_is_killed_changes_nothing(parsed_home: Path, tmp_path: Path) -> None:
    """Over the second era: one of two workers dies as reading begins."""
    write_commune_folder(CommuneWorld(first=FIRST, last=LAST), tmp_path / "raw")
    shutil.copytree(parsed_home, tmp_path / "duckdb")
    asked = {"NTM_AS_OF": SECOND_ERA_AS_OF, "NTM_SECRET_FILE": str(tmp_path / "secret")}
    ours = WarmOffice(tmp_path / "raw", tmp_path / "duckdb")
    code, said = ours.run(**asked)
    assert code == 0, said
    theirs = SparkOffice(ours.raw, tmp_path / "spark")
    with theirs.start(**asked) as process:
        on_spark.wait_for_executors(process.pid, 2)
        on_spark.kill_worker(process.pid)
        said, _ = process.communicate(timeout=3000)
    assert process.returncode == 0, said
    assert differences(ours.home / "working.duckdb", theirs.home / "working.duckdb", MAY_DIFFER) == {}
    assert differences(ours.published, theirs.published, MAY_DIFFER) == {}


def test_without_any_worker_left_the_run_ends_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "ALONE_SECONDS", 6.0)
    with on_spark.a_cluster() as (master, pid):
        settings = Settings(tmp_path, tmp_path / "home", date(2015, 7, 20), spark=SparkSettings(master))
        cluster = SparkCluster(settings, settings.spark or SparkSettings())
        try:
            assert cluster.call_all(len, ["Kim Lộc"]) == [7]
            for _ in range(2):
                on_spark.kill_worker(pid)
            with pytest.raises(ClusterError, match="no worker has taken up work"):
                cluster.call_all(len, ["Kim Lộc"])
        finally:
            cluster.stop()
