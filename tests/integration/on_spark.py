"""Offices whose runs read and build on a cluster of this machine, and what they made beside what DuckDB made.

Here: starting, killing a machine of the cluster, comparing. Not here: which runs, and what may differ (test_spark.py).
"""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import Settings, SparkSettings
from pipelines.warehouse.build import build
from pipelines.warehouse.spark.batches import BatchFolder
from pipelines.warehouse.spark.session import SparkCluster
from pipelines.warehouse.spark.tables import show_landed
from tests.integration.conftest import ROOT, Office

CONFIGURED = ROOT / "deploy" / "spark"
"""Spark's settings for a small folder."""

DIGITS = 12
"""Of a number with a fraction, so many are compared: sums come in whatever order."""
UNLIKE = {"content_hash", "earlier_row_id", "read_seconds", "row_id"}
"""Numbers that stand for rows within one build, and how long a reading took."""


class SparkOffice(Office):
    """An office whose programs have a cluster for as long as they run: a master and two workers."""

    def start(self, *program: str, **more: str) -> "subprocess.Popen[str]":
        command = [str(ROOT / "bin" / "spark-cluster"), sys.executable, *(program or ("-m", "pipelines", "run"))]
        environment = self.environment(VENV=sys.prefix, **more)
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def kill_worker(cluster: int) -> None:
    """Kill a worker of the cluster whose script has that process id, and its executor, as a power cut would."""
    worker = _workers(cluster)[0]
    _kill([worker, *children(worker)])


def _kill(killed: Sequence[int]) -> None:
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(map(command_line, killed)):  # a dead one has none
        time.sleep(0.1)


def kill_a_worker_at_work(cluster: int, seconds: float = 600) -> None:
    """Kill a worker once a process of its own reads for it: it has been given a share."""
    deadline = time.monotonic() + seconds
    while not (reading := [worker for worker in _workers(cluster) if any(map(_is_reading, _descendants(worker)))]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    _kill([reading[0], *_descendants(reading[0])])


def _workers(cluster: int) -> list[int]:
    return [pid for pid in children(cluster) if "deploy.worker.Worker" in command_line(pid)]


def _is_reading(pid: int) -> bool:
    """Whether it is pyspark's process that has begun another, which it does for a task."""
    return "pyspark" in command_line(pid) and bool(children(pid))


def _descendants(pid: int) -> list[int]:
    return [each for child in children(pid) for each in (child, *_descendants(child))]


def signal_run(cluster: int, number: int) -> None:
    """Send a signal to the command of the cluster whose script has that process id."""
    (run,) = (pid for pid in children(cluster) if "pipelines run" in command_line(pid))
    os.kill(run, number)


def await_tables(home: Path, count: int, script: "subprocess.Popen[str]") -> None:
    """Wait until the newest build in a home has so many tables; fail if the run has ended before."""
    builds, before = home / "spark" / "builds", time.time()
    while True:
        made = [file for file in builds.glob("*/*/*/_SUCCESS") if file.stat().st_mtime >= before]
        if len(made) >= count:
            return
        if script.poll() is not None:
            pytest.fail("the run has ended before:\n" + (script.stdout.read() if script.stdout else ""))
        time.sleep(0.2)


def children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has ended since
            found += map(int, file.read_text(encoding="ascii").split())
    return found


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


def differences(ours: Path, theirs: Path, but: Collection[str]) -> dict[str, str]:
    """Return what differs by table: of two DuckDB files, the tables of the first against tables or views of the second."""
    found = {}
    with duckdb.connect() as connected:
        for name, file in {"ours": ours, "theirs": theirs}.items():
            connected.execute(f"attach '{file}' as {name} (read_only)")
        tables = connected.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'ours' order by 1"
        ).fetchall()
        for (table,) in tables:
            if table not in but and (said := _difference(connected, table)):
                found[table] = said
    return found


def _difference(connected: duckdb.DuckDBPyConnection, table: str) -> str:
    query = "select column_name, data_type from duckdb_columns() where database_name = ? and schema_name || '.' || table_name = ?"
    columns, others = (dict(connected.execute(query, [name, table]).fetchall()) for name in ("ours", "theirs"))
    if list(columns) != list(others):
        return f"columns {others}"
    chosen = ", ".join(_comparable(column, kind) for column, kind in columns.items() if column not in UNLIKE)
    return _unequal(connected, *(f"select {chosen} from {name}.{table}" for name in ("ours", "theirs")))


def _unequal(connected: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> str:
    """Return how many rows either query has alone, '' for none."""
    only_ours, only_theirs = (
        connected.execute(f"select count(*) from ({one} except all {other})").fetchall()[0][0]
        for one, other in ((ours, theirs), (theirs, ours))
    )
    return f"{only_ours} rows of DuckDB alone, {only_theirs} of Spark" if only_ours or only_theirs else ""


def _comparable(column: str, kind: str) -> str:
    """A column of that type of DuckDB's as it is compared."""
    if kind in {"DOUBLE", "FLOAT"} or kind.startswith("DECIMAL"):
        return f"format('{{:.{DIGITS}g}}', cast(\"{column}\" as double))"
    return f'cast("{column}" as {kind})'


def view_differences(working: Path, folder: Path, as_of: str, select: str) -> dict[str, str]:
    """Return what differs by view, of DuckDB's in a working file and of Spark's over the same landed tables."""
    settings = Settings(folder / "raw", folder / "home", dt.date.fromisoformat(as_of), spark=SparkSettings("local[2]"))
    with in_a_small_session(settings) as spark, duckdb.connect(str(working), read_only=True) as connected:
        show_landed(spark, connected, BatchFolder(folder / "none"), folder / "shown")
        results = list(build(settings, [select]))
        assert [each for each in results if not each.is_ok] == []
        views = connected.execute(
            "select schema_name || '.' || view_name from duckdb_views() where schema_name = ? order by 1", [select]
        ).fetchall()
        assert len([each for each in results if not each.is_test]) == len(views)
        return {
            view: said
            for (view,) in views
            if (said := _view_difference(spark, connected, view, folder / "compared" / view))
        }


@contextmanager
def in_a_small_session(settings: Settings) -> Generator[Any]:
    """Have a session of Spark in this process, with the settings for a small folder."""
    settings.make_home()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("default")  # Spark and dbt warn about themselves
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_CONF_DIR", str(CONFIGURED))
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        cluster = SparkCluster(settings, settings.spark or SparkSettings())
        try:
            yield cluster.session
        finally:
            cluster.stop()


@contextmanager
def a_cluster() -> Generator[tuple[str, int]]:
    """Have a master and two workers; yields the master's address and the process id of their script."""
    command = [str(ROOT / "bin" / "spark-cluster"), "sh", "-c", "echo $NTM_SPARK_MASTER; exec sleep 3600"]
    environment = os.environ | {"VENV": sys.prefix}
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as script,
        warnings.catch_warnings(),
        pytest.MonkeyPatch.context() as patch,
    ):
        warnings.simplefilter("default")
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_CONF_DIR", str(CONFIGURED))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        try:
            yield script.stdout.readline().strip() if script.stdout else "", script.pid
        finally:
            for pid in children(script.pid):
                if "sleep" in command_line(pid):
                    os.kill(pid, signal.SIGTERM)  # the script ends with its command, and all it has started with it
            script.wait()


def _view_difference(spark: Any, connected: duckdb.DuckDBPyConnection, view: str, files: Path) -> str:
    spark.table(view).write.parquet(str(files))
    query = "select column_name, data_type from duckdb_columns() where schema_name || '.' || table_name = ? order by column_index"
    columns = dict(connected.execute(query, [view]).fetchall())
    if list(columns) != spark.table(view).columns:
        return f"columns {spark.table(view).columns}"
    chosen = ", ".join(_comparable(column, kind) for column, kind in columns.items())
    return _unequal(connected, f"select {chosen} from {view}", f"select {chosen} from '{files}/*.parquet'")


def is_there() -> bool:
    """Whether this environment has what `make test-spark` installs, and a Java to run it."""
    return all(find_spec(name) for name in ("pyspark", "dbt.adapters.spark")) and shutil.which("java") is not None
