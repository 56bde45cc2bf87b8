"""Whole runs on Spark beside whole runs on DuckDB: every table of the working file, every published one, though machines die."""

import shutil
import signal
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines.__main__ import INTERRUPTED
from pipelines.progress import Watcher
from pipelines.settings import SEEDS_DIR, Settings, SparkSettings
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.engine import THIS_MACHINE, Engine
from pipelines.warehouse.load import load, open_working_file
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.spark import session
from pipelines.warehouse.spark.engine import SparkEngine
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
FIRST, LAST, SECOND_ERA_DAY = date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 31)
"""The last month with one set of criteria and the first with another, of communes that report for themselves."""
HOME = "văn phòng 1"  # a folder as an office names it
FEW_TABLES = 5  # of a build that has begun
LOST_WORKER = "a worker is killed"
EXIT_OF_KILLED = 137  # as a shell says of a command that SIGKILL has ended


MATERIALISE = """
import dagster as dg
from pipelines.definitions import defs

chosen = dg.AssetKey(["marts", "dim_months"])
job = defs().resolve_implicit_global_asset_job_def().get_subset(asset_selection={chosen})
with dg.DagsterInstance.ephemeral() as instance:
    result = job.execute_in_process(instance=instance, raise_on_error=False)
print([event.step_failure_data.error_display_string for event in result.get_step_failure_events()])
built = {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}
assert result.success and {"marts/dim_months", "intermediate/int_months"} <= built, built
"""


@dataclass(frozen=True)
class Disturbed:
    """An office whose runs were disturbed: by disturbance how each ended, what it said, whether the published file stood."""

    office: SparkOffice
    codes: dict[int | str, int]
    said: dict[int | str, str]
    kept: dict[int | str, bool]


@pytest.fixture(scope="module")
def on_cluster(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[SparkOffice, str]:
    """What the finished run has read, read and built on Spark; ids are made with its secret."""

    def run(folder: Path) -> None:
        office = SparkOffice(finished[0].raw, folder / HOME)
        code, said = office.run(NTM_SECRET_FILE=str(finished[0].home / "secret"))
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once(tmp_path_factory, "spark", run)
    return SparkOffice(finished[0].raw, folder / HOME), (folder / "said.txt").read_text(encoding="utf-8")


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


def test_an_asset_can_be_materialised_by_itself_with_what_it_stands_on(
    finished: tuple[Office, str], on_cluster: tuple[SparkOffice, str], tmp_path: Path
) -> None:
    """As the button "Materialize" of Dagster does it; other tables stay as they are."""
    office = SparkOffice(on_cluster[0].raw, tmp_path / HOME)
    shutil.copytree(on_cluster[0].home, office.home)
    code, said = office.run("-c", MATERIALISE)
    assert code == 0, said
    assert differences(finished[0].home / "working.duckdb", office.home / "working.duckdb", MAY_DIFFER) == {}


@pytest.fixture(scope="module")
def second_era(parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A run on DuckDB over deliveries of communes that report for themselves."""

    def run(folder: Path) -> None:
        write_commune_folder(CommuneWorld(first=FIRST, last=LAST), folder / "raw")
        shutil.copytree(parsed_home, folder / "home")
        code, said = WarmOffice(folder / "raw", folder / "home").run(NTM_AS_OF=str(SECOND_ERA_DAY))
        assert code == 0, said

    folder = made_once(tmp_path_factory, "second-era", run)
    return WarmOffice(folder / "raw", folder / "home")


def test_a_worker_that_is_killed_while_it_reads_changes_nothing(second_era: Office, tmp_path: Path) -> None:
    """One of two workers dies once its executor has begun."""
    read_all(second_era.raw, tmp_path, "duckdb", THIS_MACHINE)
    with on_spark.a_cluster() as (master, pid):
        spark = SparkSettings(master)
        with SparkEngine(Settings(second_era.raw, tmp_path / "spark", SECOND_ERA_DAY, spark=spark)) as engine:
            killer = threading.Thread(target=on_spark.kill_a_worker_at_work, args=(pid,))
            killer.start()
            read_all(second_era.raw, tmp_path, "spark", engine)
            killer.join()
    assert differences(*(tmp_path / home / "working.duckdb" for home in ("duckdb", "spark")), MAY_DIFFER) == {}


@pytest.fixture(scope="module")
def disturbed(second_era: Office, tmp_path_factory: pytest.TempPathFactory) -> Disturbed:
    """The same run on Spark, killed and ended in its build; then one that goes on and loses a worker in the build."""
    office = SparkOffice(second_era.raw, tmp_path_factory.mktemp("disturbed") / "home")
    office.published.parent.mkdir(parents=True)
    shutil.copy2(second_era.published, office.published)  # what readers have while nothing else is there yet
    before, codes, said, kept = office.published.read_bytes(), {}, {}, {}
    disturbances = {
        signal.SIGKILL: lambda script: on_spark.signal_run(script, signal.SIGKILL),
        signal.SIGTERM: lambda script: on_spark.signal_run(script, signal.SIGTERM),
        LOST_WORKER: on_spark.kill_worker,
    }
    for what, disturb in disturbances.items():
        with office.start(NTM_AS_OF=str(SECOND_ERA_DAY), NTM_SECRET_FILE=str(second_era.home / "secret")) as script:
            on_spark.await_tables(office.home, FEW_TABLES, script)
            kept[what] = office.published.read_bytes() == before
            disturb(script.pid)
            said[what], _ = script.communicate(timeout=1200)
            codes[what] = script.returncode
            if what != LOST_WORKER:
                kept[what] = office.published.read_bytes() == before
    return Disturbed(office, codes, said, kept)


def test_a_run_killed_or_ended_in_its_build_leaves_the_published_file_as_it_was(disturbed: Disturbed) -> None:
    assert all(disturbed.kept.values())
    assert disturbed.codes[signal.SIGKILL] == EXIT_OF_KILLED


def test_a_run_that_is_told_to_end_in_its_build_says_so_in_a_line(disturbed: Disturbed) -> None:
    said = disturbed.said[signal.SIGTERM]
    assert disturbed.codes[signal.SIGTERM] == INTERRUPTED, said
    assert "interrupted; the published file is as it was" in said
    assert "Traceback" not in said


def test_a_worker_that_is_killed_in_the_build_changes_no_table(second_era: Office, disturbed: Disturbed) -> None:
    """Of the second era: two sets of criteria, communes and the province, and no district."""
    assert disturbed.codes[LOST_WORKER] == 0, disturbed.said[LOST_WORKER]
    working, theirs = (office.home / "working.duckdb" for office in (second_era, disturbed.office))
    assert differences(working, theirs, MAY_DIFFER) == {}
    assert differences(second_era.published, disturbed.office.published, MAY_DIFFER) == {}


def read_all(raw: Path, folder: Path, home: str, engine: Engine) -> None:
    """Read a raw folder into a home of that name."""
    reader = IntakeReader(SEEDS_DIR, raw / "reference", SECOND_ERA_DAY)
    settings = Settings(raw, folder / home, SECOND_ERA_DAY)
    settings.make_home()
    with open_working_file(settings.working_file) as connected:
        archive, secret = Archive(settings.archive_dir), folder / "secret"
        load(connected, raw, archive, secret, reader, reader.lists, reader.limits, Watcher(), engine=engine)


def test_without_any_worker_left_the_run_ends_with_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with on_spark.a_cluster() as (master, pid):
        settings = Settings(tmp_path, tmp_path / "home", date(2015, 7, 20), spark=SparkSettings(master))
        cluster = SparkCluster(settings, settings.spark or SparkSettings())
        try:
            assert cluster.call_all(len, ["Kim Lộc"]) == [7]
            monkeypatch.setattr(session, "ALONE_SECONDS", 6.0)
            for _ in range(2):
                on_spark.kill_worker(pid)
            with pytest.raises(ClusterError, match="no worker has taken up work"):
                cluster.call_all(len, ["Kim Lộc"])
        finally:
            cluster.stop()
