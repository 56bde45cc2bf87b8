"""`make bench-national`: what the rules and marts cost for the whole country over ten years (25 million statuses).

Two dbt invocations over made-up landed rows: first every rule with all that it reads, then the marts and metrics; each with
its data tests. Limits: 3 minutes for the rules, 8 GB for both, on 2 cores.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.settings import DBT_PROJECT_DIR
from tests.benchmarks.country import Country, write_country

AS_OF = "2024-09-20"
SECONDS, MEGABYTES = 180, 8_000
SLOWEST = 10
RULES = ("+rule_results", "+findings", "+quality_rules")
POLL_SECONDS = 0.2
MEMORY_LIMIT = "6GB"  # DuckDB's own; Python, dbt and the allocator come on top


@dataclass(frozen=True)
class Cost:
    """What the invocation took: seconds (by the clock, of all cores, by node), the most memory it held, the most it spilled."""

    seconds: float
    core_seconds: float
    nodes: dict[str, float]
    failed: list[str]
    peak_mb: float
    spilled_mb: float


def copy_project(folder: Path) -> Path:
    """The dbt project with a memory limit."""
    project = folder / "dbt_project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(DBT_PROJECT_DIR, project, ignore=shutil.ignore_patterns("target", "logs"))
    profile = project / "profiles.yml"
    limited = f"      config_options:\n        memory_limit: {MEMORY_LIMIT}\n"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("      config_options:\n", limited), encoding="utf-8"
    )
    return project


def dbt(project: Path, file: Path, verb: str, *chosen: str) -> list[str]:
    """The command line of a dbt invocation."""
    return [
        *(sys.executable, "-m", "dbt.cli.main", "--quiet", "--no-use-colors", "--log-path", str(file.parent / "logs")),
        *(verb, "--project-dir", str(project), "--profiles-dir", str(project)),
        *("--target-path", str(file.parent / "target"), "--vars", json.dumps({"as_of": AS_OF}), *chosen),
    ]


def environment(file: Path) -> dict[str, str]:
    """What dbt finds the working file by."""
    return os.environ | {"NTM_WORKING_FILE": str(file), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def invoke(project: Path, file: Path, *chosen: str) -> Cost:
    """Run `dbt build` once over the nodes chosen and watch it."""
    target, spill = file.parent / "target", Path(f"{file}.tmp")
    # a test of two models is made where both are
    command = dbt(
        project, file, "build", "--exclude-resource-type", "unit_test", "--indirect-selection", "buildable", *chosen
    )
    before = core_seconds()
    began, peak, spilled = time.perf_counter(), 0.0, 0.0
    with subprocess.Popen(command, env=environment(file)) as process:
        while process.poll() is None:
            peak = max(peak, memory_mb(process.pid))
            spilled = max(spilled, sum(each.stat().st_size for each in spill.glob("*") if each.exists()) / 1e6)
            time.sleep(POLL_SECONDS)
    seconds = time.perf_counter() - began
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = {each["unique_id"]: each["execution_time"] for each in results}
    failed = [
        f"{each['unique_id']}: {each['message']}" for each in results if each["status"] in {"error", "fail", "skipped"}
    ]
    return Cost(seconds, core_seconds() - before, nodes, failed, peak, spilled)


def core_seconds() -> float:
    """Seconds of all cores that processes started here, and ended, have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree(pid: int) -> list[int]:
    """A process and its children, whichever of its threads started them."""
    children = []
    with suppress(OSError):  # a process that ends while it is looked at
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            children += file.read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in tree(int(child)))]


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(share: float, items: int, folder: Path) -> bool:
    """Write that share of the country, build it once, print what it cost; whether it stayed within the limits."""
    whole = Country(items=items)
    country = Country(round(whole.districts * share), round(whole.communes * share), items=items)
    file = folder / "working.duckdb"
    if not file.exists():
        began = time.perf_counter()
        write_country(file, country)
        Console().print(f"written in {time.perf_counter() - began:.0f} s, {file.stat().st_size / 1e6:,.0f} MB")
    project = copy_project(folder)
    # as a run does, which parses a project once and not with each month's reports
    subprocess.run(dbt(project, file, "parse"), env=environment(file), check=True)
    costs = {
        "rules": invoke(project, file, "--select", *RULES),
        "marts and metrics": invoke(project, file, "--exclude", *RULES),
    }
    with duckdb.connect(str(file), read_only=True) as connected:
        counts = connected.execute(
            "select (select count(*) from marts.fct_criterion_statuses), (select count(*) from quality.findings)"
        ).fetchone() or (0, 0)
    table = Table("measured", "", box=None)
    table.add_row("statuses", f"{counts[0]:,}")
    table.add_row("findings", f"{counts[1]:,}")
    for what, cost in costs.items():
        limit = f" (limit {SECONDS})" if what == "rules" else ""
        table.add_row(
            what, f"{cost.seconds:.0f} s{limit}, {cost.core_seconds:.0f} s of all cores, {len(cost.nodes)} nodes"
        )
        table.add_row("  memory at most", f"{cost.peak_mb:,.0f} MB (limit {MEGABYTES:,})")
        table.add_row("  spilled to disk at most", f"{cost.spilled_mb:,.0f} MB")
        for node, seconds in sorted(cost.nodes.items(), key=lambda each: -each[1])[:SLOWEST]:
            table.add_row(f"  {node}", f"{seconds:.1f} s")
    console = Console()
    console.print(table)
    failed = [line for cost in costs.values() for line in cost.failed]
    for line in failed:
        console.print(line)
    return not failed and costs["rules"].seconds <= SECONDS and all(c.peak_mb <= MEGABYTES for c in costs.values())
