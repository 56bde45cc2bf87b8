"""How good the projection of a target to its deadline is: the model's own SQL over simulated provinces that go on.

Here: true series of several seeds (no workbook is written), each month taken as if it were the newest and each later one
as the deadline, and the error and the coverage of the interval then. Not here: the method (int_target_projections.sql).
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from pipelines.settings import DBT_PROJECT_DIR, SEEDS_DIR
from tests.world.province import CRITERIA, START, Province
from tests.world.reference import Reference, month_end, months_between

SEEDS = range(101, 109)
MODEL = "int_target_projections"
WEAK_BELOW = 7
LAST = date(2015, 6, 1)
SHARES = frozenset({"T01", "T02b"})
Row = tuple[Any, ...]


def model_sql(working_file: Path) -> str:
    """The SQL of the model as dbt compiles it for a working file; it reads int_target_measures alone."""
    folder = working_file.parent
    command = [
        *(
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "dbt.cli.main",
            "--quiet",
            "--log-path",
            str(folder / "logs"),
            "compile",
        ),
        *("--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
        *("--target-path", str(folder / "target"), "--vars", '{"as_of": "2015-07-20"}', "--select", MODEL),
    ]
    environment = {"NTM_WORKING_FILE": str(working_file), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    (file,) = (folder / "target" / "compiled").rglob(f"{MODEL}.sql")
    return file.read_text(encoding="utf-8")


def true_values(province: Province, month: date) -> dict[str, float]:
    """What some targets were at a month's end, in their units."""
    communes = [unit.code for unit in province.rural(month)]
    sizes = [{m.size for m in province.models(c, month) if m.status(month) == "running"} for c in communes]
    kinds = [{e.kind for e in province.establishments(c, month) if e.status(month) == "active"} for c in communes]
    per_cent = 100 / len(communes)
    return {
        "T01": per_cent * sum(len(each) == len(("large", "medium", "small")) for each in sizes),
        "T02b": per_cent * sum({"enterprise", "cooperative"} <= each for each in kinds),
        "T03": sum(not each for each in sizes),
        "T05": sum(len(province.met(c, month)) < WEAK_BELOW <= CRITERIA for c in communes),
    }


def measures(reference: Reference, seed: int) -> Iterator[Row]:
    """The true series of one simulated province, once for each deadline, as rows of int_target_measures (`COLUMNS`)."""
    province = Province(reference, seed, LAST)
    months = list(months_between(START, LAST))
    for month in months:
        communes = len(province.rural(month))
        for target, value in true_values(province, month).items():
            ceiling = 100.0 if target in SHARES else float(communes)
            for deadline in months:
                unit = f"{seed}, {deadline}"
                yield (
                    target,
                    True,
                    month,
                    month_end(month),
                    unit,
                    float(value),
                    month_end(deadline),
                    ceiling,
                    communes,
                )


COLUMNS = (
    "target_id varchar, is_target_unit boolean, month date, month_end date, unit_code varchar, value double, "
    "deadline date, ceiling double, units integer"
)
PASSED_ON = (
    "target_name_vi varchar, target_name_en varchar, numerator double, denominator double, target_value double, "
    "is_met boolean, state varchar, gap double"
)
"""What the model hands on of int_target_measures without looking at it: unknown here."""


def back_test(query: str) -> list[Row]:
    """One row per target and months ahead (None: all of them).

    Columns: target, months ahead, forecasts, mean absolute error, that of no change, share inside the interval, its mean width.
    `query`: the SQL of the model; it reads "working".intermediate.int_target_measures.
    """
    reference = Reference(SEEDS_DIR)
    with duckdb.connect() as connected:
        connected.execute("attach ':memory:' as working; use working")
        connected.execute(
            f"create schema intermediate; create table intermediate.int_target_measures ({COLUMNS}, {PASSED_ON})"
        )
        places = ", ".join(["?"] * len(COLUMNS.split(",")) + ["null"] * len(PASSED_ON.split(",")))
        for seed in SEEDS:
            rows = list(measures(reference, seed))
            connected.executemany(f"insert into intermediate.int_target_measures values ({places})", rows)
        connected.execute(f"create table projected as {query}")
        return connected.execute(
            """
            select
                now.target_id,
                datediff('month', now.month, now.deadline) as months_ahead,
                count(*),
                avg(abs(now.projected_value - later.value)),
                avg(abs(now.value - later.value)),
                avg(case when later.value between now.projected_low - 1e-9 and now.projected_high + 1e-9 then 1 else 0 end),
                avg(now.projected_high - now.projected_low)
            from projected as now
            inner join intermediate.int_target_measures as later
                on
                    now.target_id = later.target_id
                    and now.unit_code = later.unit_code
                    and now.deadline = later.month_end
            where now.projected_value is not null and now.month < date_trunc('month', now.deadline)
            group by rollup (now.target_id, months_ahead)
            having now.target_id is not null
            order by now.target_id, months_ahead nulls first
            """
        ).fetchall()


def table() -> Table:
    """The back-test for the terminal."""
    shown = Table(
        "projection to the deadline",
        "months ahead",
        "error",
        "without one",
        "inside the interval",
        "its width",
        box=None,
    )
    with tempfile.TemporaryDirectory() as scratch:
        query = model_sql(Path(scratch) / "working.duckdb")
    for target, ahead, _, error, idle, inside, width in back_test(query):
        unit = "points" if target in SHARES else "communes"
        shown.add_row(
            f"{target}, {unit}", str(ahead or "all"), f"{error:.1f}", f"{idle:.1f}", f"{inside:.0%}", f"{width:.1f}"
        )
    return shown
