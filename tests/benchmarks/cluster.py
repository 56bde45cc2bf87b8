"""`make bench-spark`: what the models cost on Spark, beside DuckDB, over the made-up landed rows of the country.

One dbt build of each engine, with its tests: seconds by the clock and of all cores, the most memory, the slowest models; Spark
with one core and with all there are. Its own settings (SPARK_CONF_DIR) are the measurer's.
Not here: reading, which costs on each machine what it costs on one.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.settings import CHECKOUT, Settings, SparkSettings
from pipelines.warehouse.build import manifest
from pipelines.warehouse.spark.engine import SparkEngine
from tests.benchmarks.country import Country, write_country
from tests.benchmarks.national import (
    AS_OF,
    SLOWEST,
    Cost,
    copy_project,
    core_seconds,
    dbt,
    environment,
    invoke,
    memory_mb,
    tree,
)

POLL_SECONDS = 0.5


def measure(share: float, folder: Path) -> bool:
    """Write that share of the country, build it on either engine, print what it cost; whether all was built."""
    if find_spec("pyspark") is None:
        raise SystemExit("pyspark is not installed: make bench-spark")
    whole = Country()
    file = folder / "working.duckdb"
    write_country(file, Country(round(whole.districts * share), round(whole.communes * share)))
    settings = settings_of(folder, "local")
    settings.make_home()
    manifest(settings)
    costs = {f"Spark, {cores} cores": invoke_spark(folder, cores) for cores in sorted({1, os.cpu_count() or 1})}
    project = copy_project(folder)
    subprocess.run(dbt(project, file, "parse"), env=environment(file), check=True)
    costs = {"DuckDB": invoke(project, file)} | costs
    with duckdb.connect(str(file), read_only=True) as connected:
        (statuses,) = connected.execute("select count(*) from marts.fct_criterion_statuses").fetchone() or (0,)
    table = Table("measured", "", box=None)
    table.add_row("statuses", f"{statuses:,}")
    for engine, cost in costs.items():
        ratio = cost.core_seconds / costs["DuckDB"].core_seconds
        table.add_row(engine, f"{cost.seconds:.0f} s, {cost.core_seconds:.0f} s of all cores: {ratio:.1f} × DuckDB's")
        table.add_row("  memory at most", f"{cost.peak_mb:,.0f} MB")
        for node, seconds in sorted(cost.nodes.items(), key=lambda each: -each[1])[:SLOWEST]:
            table.add_row(f"  {node}", f"{seconds:.1f} s")
    console = Console()
    console.print(table)
    failed = [line for cost in costs.values() for line in cost.failed]
    for line in failed:
        console.print(line)
    return not failed


def settings_of(folder: Path, master: str) -> Settings:
    """The settings of a home in that folder."""
    return Settings(folder, folder, dt.date.fromisoformat(AS_OF), spark=SparkSettings(master))


def invoke_spark(folder: Path, cores: int) -> Cost:
    """Build on so many cores of this machine, in a process of its own, and watch it and what it starts."""
    told = folder / "nodes.json"
    program = f"from tests.benchmarks.cluster import *; build_all(Path({str(folder)!r}), {cores}, Path({str(told)!r}))"
    before, began, peak = core_seconds(), time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen([sys.executable, "-c", program], cwd=CHECKOUT, stdout=said, stderr=said) as process:
            while process.poll() is None:
                peak = max(peak, sum(map(memory_mb, tree(process.pid))))
                time.sleep(POLL_SECONDS)
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode())
    nodes, failed = json.loads(told.read_text(encoding="utf-8"))
    return Cost(time.perf_counter() - began, core_seconds() - before, nodes, failed, peak, 0.0)


def build_all(folder: Path, cores: int, told: Path) -> None:
    """Show Spark what is landed, build and test everything; write seconds by node, and what failed, as JSON."""
    settings = settings_of(folder, f"local[{cores}]")
    settings.export()
    nodes = manifest(settings)["nodes"]
    schemas = {node["schema"] for node in nodes.values() if node["resource_type"] == "model"}
    with SparkEngine(settings) as engine:
        results = list(engine.build(settings, [], schemas))
    failed = [f"{each.unique_id}: {each.status} {each.message}" for each in results if not each.is_ok]
    told.write_text(json.dumps([{each.unique_id: each.seconds for each in results}, failed]), encoding="utf-8")
