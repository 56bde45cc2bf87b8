"""`make bench-spark`: what the same models cost on Spark and on DuckDB, over growing shares of a country of ten years.

Each share is built by DuckDB, then on Spark by a cluster of this machine with one worker of one core, and with two; each with its
data tests. Seconds of cores are those of every process of an engine, the cluster's master and workers included; what a table's
stages shuffled, spilled and held comes from Spark's log of events.
Here: measuring and saying it. Not here: the country (country.py), DuckDB's build (national.py), Spark's (warehouse/spark/).
"""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.settings import CHECKOUT, SPARK, Settings, SparkSettings
from pipelines.warehouse.build import command, manifest
from tests.benchmarks import national
from tests.benchmarks.country import Country, write_country
from tests.benchmarks.national import memory_mb, tree

SHARES = (0.02, 0.1)
WORKERS = (1, 2)
SLOWEST = 10
CONFIGURED = CHECKOUT / "deploy" / "spark" / "many"
WORKER_MEMORY = "6g"
DUCKDB = "DuckDB"
PYTHON, DRIVER, EXECUTORS = PARTS = ("dbt", "driver", "executors")
POLL_SECONDS = 0.5
WIDTH = 150
"""Of the tables printed, wherever they go."""
_WRITTEN = r"/builds/\w{32}/(\w+)/(\w+), false, Parquet"
"""In the plan of a statement that writes a table: where to."""
_LOGGED = """
spark.eventLog.enabled true
spark.eventLog.compress false
spark.eventLog.rolling.enabled false
spark.eventLog.dir file://{folder}
"""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class StageCost:
    """What the stages of a table cost: seconds of its tasks, bytes shuffled and spilled, most bytes that one task held."""

    seconds: float = 0
    shuffled: int = 0
    spilled: int = 0
    held: int = 0


@dataclass(frozen=True)
class Built:
    """A build: seconds by the clock, seconds of cores by kind of process, most megabytes of them all, seconds by node."""

    seconds: float
    core_seconds: Mapping[str, float]
    peak_mb: float
    nodes: Mapping[str, float]
    failed: Sequence[str] = ()
    stages: Mapping[str, StageCost] = field(default_factory=dict)

    @property
    def all_core_seconds(self) -> float:
        """Of all its processes."""
        return sum(self.core_seconds.values())


def build_on_duckdb(folder: Path) -> Built:
    """Build every model with DuckDB, as `make bench-national` does, in one invocation."""
    file = folder / "working.duckdb"
    project = national.copy_project(folder)
    subprocess.run(national.dbt(project, file, "parse"), env=national.environment(file), check=True)
    cost = national.invoke(project, file)
    return Built(cost.seconds, {DUCKDB: cost.core_seconds}, cost.peak_mb, cost.nodes, cost.failed)


def build_on_spark(folder: Path, workers: int) -> Built:
    """Build every model with a cluster of so many workers, from the same landed tables."""
    configured, events = folder / f"settings{workers}", folder / f"events{workers}"
    for each in (configured, events):
        each.mkdir()
    defaults = (CONFIGURED / "spark-defaults.conf").read_text(encoding="utf-8")
    (configured / "spark-defaults.conf").write_text(defaults + _LOGGED.format(folder=events), encoding="utf-8")
    environment = os.environ | {
        "WORKERS": str(workers),
        "MEMORY": WORKER_MEMORY,
        "SPARK_CONF_DIR": str(configured),
        "VENV": sys.prefix,
    }
    program = [str(CHECKOUT / "bin" / "spark-cluster"), sys.executable, "-m", "tests.benchmarks.spark", str(folder)]
    subprocess.run(program, cwd=CHECKOUT, env=environment, check=True)
    built = json.loads((folder / "built.json").read_text(encoding="utf-8"))
    return Built(**built, stages=sum_stages(read_events(events)))


def build_here(folder: Path) -> None:
    """Build on the cluster that the environment names, in this process, and write what it cost as `built.json`."""
    from pipelines.warehouse.spark.engine import SparkEngine  # noqa: PLC0415 (an ordinary installation has no Spark)

    spark = SparkSettings(os.environ["NTM_SPARK_MASTER"])
    settings = Settings(folder / "raw", folder, dt.date.fromisoformat(national.AS_OF), spark=spark)
    settings.make_home()
    settings.export()
    schemas = {node["schema"] for node in manifest(settings)["nodes"].values() if node["resource_type"] == "model"}
    parse = [sys.executable, "-m", "dbt.cli.main", *command("parse", settings), "--target", SPARK]
    # as a run does, once per change of the project; a session of Spark's may write where it is started
    subprocess.run(parse, cwd=folder, check=True)
    cluster = os.getppid()
    with SparkEngine(settings) as engine, MemoryWatch(cluster) as memory:
        before, began = core_seconds(cluster), time.perf_counter()
        results = list(engine.build(settings, [], schemas))
        seconds, after = time.perf_counter() - began, core_seconds(cluster)
    built = {
        "seconds": seconds,
        "core_seconds": {part: used - before.get(part, 0) for part, used in after.items()},
        "peak_mb": memory.most,
        "nodes": {each.unique_id: each.seconds for each in results},
        "failed": [f"{each.unique_id}: {each.message}" for each in results if not each.is_ok],
    }
    (folder / "built.json").write_text(json.dumps(built), encoding="utf-8")


def core_seconds(pid: int) -> dict[str, float]:
    """Seconds of cores that a process and those it has started have used, by part of Spark."""
    used: dict[str, float] = defaultdict(float)
    for each in tree(pid):
        try:
            about = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            words = Path(f"/proc/{each}/cmdline").read_text(encoding="utf-8").split("\0")
        except OSError:
            continue
        used[_part(words)] += (int(about[11]) + int(about[12])) / _TICKS
    return dict(used)


def _part(command_line: Sequence[str]) -> str:
    """Which part of Spark a process is; master and workers, which do next to nothing, count as executors."""
    if "java" not in command_line[0]:
        return PYTHON
    return DRIVER if any("SparkSubmit" in word for word in command_line) else EXECUTORS


class MemoryWatch:
    """A context in which the resident memory of a process and those it has started is looked at; `most` in megabytes."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self._is_over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(POLL_SECONDS):
            self.most = max(self.most, sum(map(memory_mb, tree(self.pid))))


def read_events(folder: Path) -> Iterator[dict[str, Any]]:
    """Return what Spark has logged of an application, event by event."""
    for file in folder.iterdir():
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def sum_stages(events: Iterable[Mapping[str, Any]]) -> dict[str, StageCost]:
    """Return what stages cost, by the table that they made; those of tests and other questions as ''."""
    tables: dict[str, str] = {}
    table_of: dict[int, str] = {}
    costs: dict[str, StageCost] = defaultdict(StageCost)
    for event in events:
        match event["Event"].rpartition(".")[2]:
            case "SparkListenerSQLExecutionStart":
                written = re.search(_WRITTEN, event["physicalPlanDescription"])
                tables[str(event["executionId"])] = ".".join(written.groups()) if written else ""
            case "SparkListenerJobStart":
                table = tables.get(event["Properties"].get("spark.sql.execution.id", ""), "")
                table_of |= dict.fromkeys(event["Stage IDs"], table)
            case "SparkListenerTaskEnd" if metrics := event.get("Task Metrics"):
                cost = costs[table_of.get(event["Stage ID"], "")]
                cost.seconds += metrics["Executor CPU Time"] / 1e9
                cost.shuffled += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                cost.spilled += metrics["Disk Bytes Spilled"]
                cost.held = max(cost.held, metrics.get("Peak Execution Memory", 0))
    return dict(costs)


def measure(shares: Sequence[float], folder: Path) -> bool:
    """Write each share of the country, build it by each engine, print what it cost; whether every build succeeded."""
    console, is_whole = Console(width=WIDTH), True
    costs: dict[str, list[tuple[int, Built]]] = defaultdict(list)
    for share in shares:
        home = folder / f"{share:g}"
        home.mkdir()
        whole = Country()
        write_country(home / "working.duckdb", Country(round(whole.districts * share), round(whole.communes * share)))
        on_spark = {f"Spark, {workers} × 1 core": build_on_spark(home, workers) for workers in WORKERS}
        built = {DUCKDB: build_on_duckdb(home), **on_spark}
        with duckdb.connect(str(home / "working.duckdb"), read_only=True) as connected:
            (statuses,) = connected.execute("select count(*) from marts.fct_criterion_statuses").fetchone() or (0,)
        shutil.rmtree(home)
        console.print(engines_table(statuses, built))
        console.print(slowest_table(built))
        for engine, cost in built.items():
            costs[engine].append((statuses, cost))
            is_whole &= not cost.failed
            for line in cost.failed:
                console.print(f"{engine}: {line}")
    if len(shares) > 1:
        console.print(slopes_table(costs))
    return is_whole


def engines_table(statuses: int, built: Mapping[str, Built]) -> Table:
    """Return what each engine took for a share of so many statuses."""
    head = (f"{statuses:,} statuses", "seconds", "of all cores", *PARTS, "× DuckDB", "MB at most")
    table = Table(*head, "MB shuffled", "MB spilled", box=None)
    for engine, cost in built.items():
        stages = cost.stages.values()
        moved = [sum(each.shuffled for each in stages), sum(each.spilled for each in stages)] if stages else []
        table.add_row(
            engine,
            f"{cost.seconds:.0f}",
            f"{cost.all_core_seconds:.0f}",
            *(f"{cost.core_seconds[part]:.0f}" if part in cost.core_seconds else "" for part in PARTS),
            f"{cost.all_core_seconds / built[DUCKDB].all_core_seconds:.1f}",
            f"{cost.peak_mb:,.0f}",
            *(f"{size / 1e6:,.0f}" for size in moved),
        )
    return table


def slowest_table(built: Mapping[str, Built]) -> Table:
    """Return the tables whose stages cost most on the largest cluster, with DuckDB's seconds beside them."""
    last = list(built.values())[-1]
    seconds = {node.rpartition(".")[2]: used for node, used in built[DUCKDB].nodes.items()}
    table = Table("table", "s of tasks", "MB shuffled", "MB spilled", "MB held by a task", "s on DuckDB", box=None)
    for name, cost in sorted(last.stages.items(), key=lambda each: -each[1].seconds)[:SLOWEST]:
        sizes = (f"{size / 1e6:,.0f}" for size in (cost.shuffled, cost.spilled, cost.held))
        beside = f"{seconds[name.rpartition('.')[2]]:.1f}" if name else ""
        table.add_row(name or "tests, and what else is asked", f"{cost.seconds:.1f}", *sizes, beside)
    return table


def slopes_table(costs: Mapping[str, Sequence[tuple[int, Built]]]) -> Table:
    """Return what a build costs whatever its size, and a million statuses more, between the smallest and the largest share."""
    table = Table("seconds of all cores", "of every build", "per million statuses", box=None)
    for engine, built in costs.items():
        (few, least), (many, most) = built[0], built[-1]
        slope = (most.all_core_seconds - least.all_core_seconds) / (many - few)
        table.add_row(engine, f"{least.all_core_seconds - slope * few:.0f}", f"{slope * 1e6:.1f}")
    return table


if __name__ == "__main__":
    build_here(Path(sys.argv[1]))
